package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.sending.OwnLimits;

class DirectoryTest {

    private final DirectoryStore store = new DirectoryInMemory();
    private final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"alice@example.test", "ALICE@Example.TEST", "alice+shop@example.test", "alice+a+b@example.test", "\"alice\"@example.test"})
    void oneAccountHasManyWaysOfWriting(String address) throws Exception {
        Account alice = directory.administration.addAccount("Alice@example.test", "secret");
        assertEquals(new Resolved.Local(alice.id(), "alice@example.test", Optional.empty(), Optional.empty(), false), directory.addresses.resolve(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice%evil.test@example.test", "evil.test!alice@example.test", "\"alice@evil.test\"@example.test", "bob@example.test",
            "+alice@example.test"})
    void relayTricksAreNobody(String address) throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        assertEquals(new Resolved.UnknownUser(), directory.addresses.resolve(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@other.test", "alice@[127.0.0.1]", "alice", "@example.test", "", "alice@example.test.", "a@b@example.test",
            "@example.test:bob@other.test"})
    void whatIsNotOursIsNotOurs(String address) throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        assertEquals(new Resolved.NotOurs(), directory.addresses.resolve(address));
    }

    @Test
    void anInternationalDomainIsOneInBothForms() throws Exception {
        Account account = directory.administration.addAccount("rené@bücher.example", "secret");
        assertEquals("rené@xn--bcher-kva.example", account.address());
        assertInstanceOf(Resolved.Local.class, directory.addresses.resolve("RENÉ@xn--bcher-kva.example"));
    }

    @Test
    void sendingLimitsOfADomainHoldAtOnceAlsoWhereAnotherInstanceSetThem() throws Exception {
        directory.administration.addDomain("example.test");
        assertEquals(OwnLimits.CONFIGURED, directory.addresses.sendingTogether("example.test"));
        OwnLimits own = new OwnLimits(OptionalInt.of(3), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(0));
        assertEquals(own, new DirectoryFixture(store, Optional.empty()).administration.limitSending("Example.test", before -> own).sending());
        assertEquals(own, directory.addresses.sendingTogether("example.test"));
        assertEquals(OwnLimits.CONFIGURED, directory.addresses.sendingTogether("example.org"));
    }

    /** Of two changes at the same time the second is made of what the first left. */
    @Test
    void noChangeOfADomainsLimitsIsLost() throws Exception {
        directory.administration.addDomain("example.test");
        OwnLimits first = new OwnLimits(OptionalInt.of(3), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        directory.administration.limitSending("example.test", before -> {
            store.changeSending(before, first);
            return new OwnLimits(before.sending().messagesPerHour(), OptionalInt.of(7), OptionalInt.empty(), OptionalInt.empty());
        });
        assertEquals(new OwnLimits(OptionalInt.of(3), OptionalInt.of(7), OptionalInt.empty(), OptionalInt.empty()), directory.administration.domain("example.test").sending());
        OwnLimits negative = new OwnLimits(OptionalInt.of(-1), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> directory.administration.limitSending("example.test", before -> negative)).fault());
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> directory.administration.limitSending("example.org", before -> first)).fault());
    }

    @Test
    void whatAnotherInstanceAddedIsTakenAtOnce() throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        assertEquals(new Resolved.UnknownUser(), directory.addresses.resolve("bob@example.test"));
        DirectoryFixture another = new DirectoryFixture(store, Optional.empty());
        Account bob = another.administration.addAccount("bob@example.test", "secret");
        assertEquals(new Resolved.Local(bob.id(), "bob@example.test", Optional.empty(), Optional.empty(), false), directory.addresses.resolve("bob@example.test"));
    }

    @Test
    void anAddressIsGivenOnce() throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        assertThrows(DirectoryException.class, () -> directory.administration.addAccount("Alice@example.test", "other"));
        assertThrows(DirectoryException.class, () -> directory.administration.addAlias("alice@example.test", List.of("bob@example.test")));
        assertEquals(1, directory.mailOf.size());
    }

    @Test
    void thePostmasterOfTheHostIsTheOneOfADomainAndNobodyElseIsOursThere() throws Exception {
        assertEquals(new Resolved.NotOurs(), directory.addresses.resolve("postmaster@mail.example.test"));
        directory.administration.addAccount("alice@example.test", "secret");
        directory.addresses.forgetAll();
        assertEquals(new Resolved.Alias(List.of("alice@example.test")), directory.addresses.resolve("Postmaster@mail.example.test"));
        assertEquals(new Resolved.NotOurs(), directory.addresses.resolve("bob@mail.example.test"));
        assertEquals(new Resolved.NotOurs(), directory.addresses.resolve("postmaster@example.org"));
    }

    @Test
    void postmasterIsTheFirstAccountUnlessSomebodyHasTheAddress() throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAccount("bob@example.test", "secret");
        assertEquals(new Resolved.Alias(List.of("alice@example.test")), directory.addresses.resolve("Postmaster@example.test"));
        directory.administration.removeAccount("alice@example.test");
        assertEquals(new Resolved.Alias(List.of("bob@example.test")), directory.addresses.resolve("postmaster@example.test"));
        Account own = directory.administration.addAccount("postmaster@example.test", "secret");
        assertEquals(new Resolved.Local(own.id(), "postmaster@example.test", Optional.empty(), Optional.empty(), false), directory.addresses.resolve("postmaster@example.test"));
    }

    @Test
    void aConfiguredPostmasterComesBeforeTheFirstAccount() throws Exception {
        DirectoryFixture configured = new DirectoryFixture(store, Optional.of("ops@example.org"));
        configured.administration.addAccount("alice@example.test", "secret");
        assertEquals(new Resolved.Alias(List.of("ops@example.org")), configured.addresses.resolve("postmaster@example.test"));
    }

    @Test
    void anAliasLeadsToItsTargetsAndMayBeSentFrom() throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAlias("sales@example.test", List.of("alice@example.test", "x@other.test"));
        assertEquals(new Resolved.Alias(List.of("alice@example.test", "x@other.test")), directory.addresses.resolve("sales@example.test"));
        assertEquals(List.of("alice@example.test", "sales@example.test"), accountOf("alice@example.test").sendsFrom());
        directory.administration.removeAlias("sales@example.test");
        assertEquals(new Resolved.UnknownUser(), directory.addresses.resolve("sales@example.test"));
        assertEquals(List.of("alice@example.test"), accountOf("alice@example.test").sendsFrom());
    }

    /** SRS: only a stranger's sender is rewritten, and only for a domain of ours; what comes back finds that stranger. */
    @Test
    void aForwardGoesOnInOurNameAndNoticesComeBack() throws Exception {
        directory.administration.addDomain("example.test");
        AddressBook addresses = directory.addresses;
        String rewritten = addresses.senderOfForward("Carol@Example.org", "sales@example.test");
        assertTrue(rewritten.matches("SRS0=[A-Z2-7]{8}=[A-Z2-7]{2}=example.org=Carol@example.test"), rewritten);
        assertEquals(new Resolved.Alias(List.of("Carol@example.org")), addresses.resolve(rewritten));
        assertEquals(new Resolved.UnknownUser(), addresses.resolve(rewritten.replace("Carol", "Carl")));
        assertEquals(new Resolved.NotOurs(), addresses.resolve(rewritten.replace("example.test", "example.net")));
        assertEquals("", addresses.senderOfForward("", "sales@example.test"));
        assertEquals("alice@example.test", addresses.senderOfForward("alice@example.test", "sales@example.test"));
        assertEquals(rewritten, addresses.senderOfForward(rewritten, "sales@example.test"), "ours already");
        assertEquals("carol@example.org", addresses.senderOfForward("carol@example.org", "sales@example.net"));
        assertEquals("carol@[192.0.2.1]", addresses.senderOfForward("carol@[192.0.2.1]", "sales@example.test"));
    }

    @Test
    void whereAnAccountsMailGoesOnIsToldWithIt() throws Exception {
        Account alice = directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAlias("sales@example.test", List.of("alice@example.test"));
        Forwarding way = new Forwarding(List.of("bob@example.org"), false);
        assertInstanceOf(Resolved.Local.class, directory.addresses.resolve("alice@example.test"));
        directory.administration.change("alice@example.test", account -> account.settings().withForwarding(Optional.of(way)));
        assertEquals(new Resolved.Local(alice.id(), "alice@example.test", Optional.of(way), Optional.empty(), false), directory.addresses.resolve("alice@example.test"));
        for (List<String> wrong : List.of(List.<String>of(), List.of("bob"), List.of("Alice@Example.test"), List.of("SALES@example.test"),
                List.of("a@example.org", "a@example.org"))) {
            assertEquals(DirectoryException.Fault.INVALID, assertThrows(DirectoryException.class, () -> directory.administration.change("alice@example.test",
                    account -> account.settings().withForwarding(Optional.of(new Forwarding(wrong, true))))).fault(), wrong::toString);
        }
    }

    /** Only between its dates, with all addresses that mail may name. */
    @Test
    void anAbsenceIsToldWhileItLasts() throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAlias("sales@example.test", List.of("alice@example.test"));
        Instant now = Instant.now();
        for (Vacation vacation : List.of(vacation(Optional.of(now.plusSeconds(60)), Optional.empty()), vacation(Optional.empty(), Optional.empty()).switched(false),
                vacation(Optional.empty(), Optional.of(now.minusSeconds(1))))) {
            assertEquals(Optional.empty(), absence(vacation));
        }
        for (Vacation vacation : List.of(vacation(Optional.empty(), Optional.empty()), vacation(Optional.of(now.minusSeconds(60)), Optional.of(now.plusSeconds(60))))) {
            assertEquals(Optional.of(new Absence(vacation, List.of("alice@example.test", "sales@example.test"))), absence(vacation));
        }
        assertNotEquals(vacation(Optional.empty(), Optional.empty()).id(), vacation(Optional.of(now), Optional.empty()).id());
    }

    private Optional<Absence> absence(Vacation vacation) throws DirectoryException {
        directory.administration.change("alice@example.test", account -> account.settings().withVacation(Optional.of(vacation)));
        return assertInstanceOf(Resolved.Local.class, directory.addresses.resolve("alice@example.test")).absence();
    }

    private static Vacation vacation(Optional<Instant> start, Optional<Instant> end) {
        return new Vacation(true, "away", "I am away", start, end, Vacation.USUAL_PERIOD);
    }

    @Test
    void aDomainWithAccountsStays() throws Exception {
        directory.administration.addAccount("alice@example.test", "secret");
        assertEquals(DirectoryException.Fault.IN_USE,
                assertThrows(DirectoryException.class, () -> directory.administration.removeDomain("example.test")).fault());
        directory.administration.removeAccount("alice@example.test");
        directory.administration.removeDomain("EXAMPLE.test");
        assertTrue(directory.administration.domains().isEmpty());
        assertTrue(directory.mailOf.isEmpty());
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertEquals(DirectoryException.Fault.INVALID,
                assertThrows(DirectoryException.class, () -> directory.administration.addAccount("alice", "secret")).fault());
        assertEquals(DirectoryException.Fault.INVALID,
                assertThrows(DirectoryException.class, () -> directory.administration.addDomain("-x-")).fault());
        assertEquals(DirectoryException.Fault.INVALID,
                assertThrows(DirectoryException.class, () -> directory.administration.addAccount("a@example.test", "")).fault());
        assertEquals(DirectoryException.Fault.MISSING,
                assertThrows(DirectoryException.class, () -> directory.administration.changePassword("a@example.test", "x")).fault());
    }

    private Account accountOf(String address) {
        return directory.addresses.accountOf(CanonicalAddress.of(address).orElseThrow()).orElseThrow();
    }
}
