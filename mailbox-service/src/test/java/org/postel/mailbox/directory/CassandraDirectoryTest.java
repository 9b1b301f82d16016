package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.identity.StoredKeys;
import org.postel.mailbox.sending.OwnLimits;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraDirectoryTest {

    private final String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".test";
    private final CanonicalAddress alice = new CanonicalAddress("alice", domain);
    private Cql cql;
    private DirectoryStore store;

    @BeforeEach
    void open(CassandraSession session) {
        cql = new Cql(session);
        store = new CassandraDirectory(cql);
    }

    @Test
    void aDomainIsMadeOnce() {
        assertTrue(store.createDomain(domain));
        assertFalse(store.createDomain(domain));
        store.setPostmaster(domain, Optional.of("alice@" + domain));
        assertEquals(Optional.of(new LocalDomain(domain, Optional.of("alice@" + domain), OwnLimits.CONFIGURED)), store.domain(domain));
        assertTrue(store.domains().stream().anyMatch(each -> each.name().equals(domain)));
        assertTrue(store.deleteDomain(domain));
        assertFalse(store.deleteDomain(domain));
        store.setPostmaster(domain, Optional.of("x"));
        assertEquals(Optional.empty(), store.domain(domain));
    }

    @Test
    void ofManyWhoWantAnAddressOneGetsIt() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Destination destination = i % 2 == 0 ? new Destination.OfAccount(UUID.randomUUID()) : new Destination.OfAlias(List.of("x" + i + "@y.test"));
                claims.add(threads.submit(() -> store.claim(alice, destination)));
            }
            int winners = 0;
            for (Future<Boolean> each : claims) {
                winners += each.get() ? 1 : 0;
            }
            assertEquals(1, winners);
        }
    }

    @Test
    void anAddressIsGivenBackOnlyByWhoHasIt() {
        Destination.OfAlias alias = new Destination.OfAlias(List.of("a@x.test", "b@x.test"));
        assertTrue(store.claim(alice, alias));
        assertEquals(Optional.of(alias), store.destination(alice));
        assertFalse(store.unclaim(alice, new Destination.OfAccount(UUID.randomUUID())));
        assertFalse(store.unclaim(alice, new Destination.OfAlias(List.of("a@x.test"))));
        assertTrue(store.unclaim(alice, alias));
        assertEquals(Optional.empty(), store.destination(alice));
    }

    @Test
    void allAddressesOfADomainAreListedInOrder() {
        for (String name : List.of("zoe", "alice", "mallory", "bob")) {
            store.claim(new CanonicalAddress(name, domain), new Destination.OfAccount(UUID.randomUUID()));
        }
        assertEquals(List.of("alice", "bob", "mallory", "zoe"),
                store.addresses(domain).stream().map(entry -> entry.address().localPart()).toList());
        assertEquals(List.of("alice", "bob"), store.addresses(domain, Optional.empty(), 2).stream().map(entry -> entry.address().localPart()).toList());
        assertEquals(List.of("mallory", "zoe"), store.addresses(domain, Optional.of("bob"), 9).stream().map(entry -> entry.address().localPart()).toList());
    }

    @Test
    void anAliasIsChangedOnlyAsItWasRead() {
        Destination.OfAlias before = new Destination.OfAlias(List.of("a@x.test"));
        Destination.OfAlias after = new Destination.OfAlias(List.of("b@x.test", "c@x.test"));
        assertFalse(store.retarget(alice, before, after));
        assertEquals(Optional.empty(), store.destination(alice));
        store.claim(alice, before);
        assertFalse(store.retarget(alice, after, before));
        assertTrue(store.retarget(alice, before, after));
        assertEquals(Optional.of(after), store.destination(alice));
    }

    @Test
    void anAccountIsReadAsItWasWritten() {
        Account account = account();
        store.createAccount(account);
        store.changeAlias(account.id(), "sales@" + domain, true);
        store.changeAlias(account.id(), "info@" + domain, true);
        store.changeAlias(account.id(), "info@" + domain, false);
        Account read = store.account(account.id()).orElseThrow();
        assertEquals(Set.of("sales@" + domain), read.aliases());
        assertEquals(account.password(), read.password());
        assertEquals(account.protocols(), read.protocols());
        assertTrue(store.deleteAccount(account.id()));
        store.changeAlias(account.id(), "ghost@" + domain, true);
        assertEquals(Optional.empty(), store.account(account.id()));
    }

    @Test
    void ofTwoChangesOfOneStateOneApplies() {
        Account before = account();
        store.createAccount(before);
        assertTrue(store.changePassword(before, changed(before, "hash one")));
        assertFalse(store.changePassword(before, changed(before, "hash two")));
        assertEquals("hash one", store.account(before.id()).orElseThrow().password());
        assertEquals(AccountStatus.ACTIVE, store.account(before.id()).orElseThrow().status(), "a password only");
        assertFalse(store.changePassword(account(), changed(before, "x")));
    }

    @Test
    void ofTwoChangesOfSettingsOneAppliesAndThePasswordStays() {
        Account before = account();
        store.createAccount(before);
        AccountSettings off = before.settings().with(SessionProtocol.POP3, true)
                .withForwarding(Optional.of(new Forwarding(List.of("a@x.test", "b@x.test"), true)))
                .withVacation(Optional.of(new Vacation(true, "away", "text\n", Optional.empty(), Optional.of(Instant.parse("2026-01-01T00:00:00Z")), Duration.ofDays(3)))).after(before.settings());
        AccountSettings suspended = before.settings().withStatus(AccountStatus.DISABLED).after(before.settings());
        assertTrue(store.changePassword(before, changed(before, "other")));
        assertTrue(store.changeSettings(before.id(), before.settings(), off));
        assertFalse(store.changeSettings(before.id(), before.settings(), suspended));
        Account read = store.account(before.id()).orElseThrow();
        assertEquals(off, read.settings());
        assertEquals("other", read.password());
        assertFalse(store.changeSettings(UUID.randomUUID(), before.settings(), off), "nobody");
    }

    /** What is switched off keeps its words, and is nothing to a release that knows no switch: it reads vacation_subject. */
    @Test
    void aVacationThatIsSwitchedOffIsKept() throws UnknownOutcomeException {
        Account before = account();
        store.createAccount(before);
        Vacation off = new Vacation(false, "away", "text", Optional.empty(), Optional.empty(), Duration.ofDays(3));
        AccountSettings after = before.settings().withVacation(Optional.of(off)).after(before.settings());
        assertTrue(store.changeSettings(before.id(), before.settings(), after));
        assertEquals(Optional.of(off), store.account(before.id()).orElseThrow().settings().vacation());
        assertNull(cql.read("SELECT vacation_subject FROM account WHERE id = ?", before.id()).one().getString("vacation_subject"));
        AccountSettings on = after.withVacation(Optional.of(off.switched(true))).after(after);
        assertTrue(store.changeSettings(before.id(), after, on));
        assertEquals(Optional.of(off.switched(true)), store.account(before.id()).orElseThrow().settings().vacation());
        assertTrue(store.changeSettings(before.id(), on, after.after(on)));
        cql.applied(List.of(cql.bind("UPDATE account SET vacation_text = null WHERE id = ? IF EXISTS", before.id())));
        assertEquals(Optional.empty(), store.account(before.id()).orElseThrow().settings().vacation());
    }

    /** A row from before revisions has none; a row that is not there has none either. */
    @Test
    void anAccountFromBeforeHasItsSettingsChanged() throws UnknownOutcomeException {
        Account before = account();
        store.createAccount(before);
        cql.applied(List.of(cql.bind("UPDATE account SET revision = null WHERE id = ? IF EXISTS", before.id())));
        Account read = store.account(before.id()).orElseThrow();
        assertEquals(0, read.settings().revision());
        AccountSettings after = read.settings().withStatus(AccountStatus.DISABLED).after(read.settings());
        assertTrue(store.changeSettings(before.id(), read.settings(), after));
        assertFalse(store.changeSettings(before.id(), read.settings(), after));
        assertEquals(after, store.account(before.id()).orElseThrow().settings());
        UUID nobody = UUID.randomUUID();
        assertFalse(store.changeSettings(nobody, read.settings(), after));
        assertEquals(Optional.empty(), store.account(nobody));
    }

    /** No limit at all is another thing than none of its own. */
    @Test
    void ownSendingLimitsAreReadAsTheyWereWritten() {
        Account before = account();
        store.createAccount(before);
        assertEquals(OwnLimits.CONFIGURED, store.account(before.id()).orElseThrow().settings().sending());
        OwnLimits own = new OwnLimits(OptionalInt.of(5), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(Integer.MAX_VALUE));
        AccountSettings after = before.settings().withSending(own).after(before.settings());
        assertTrue(store.changeSettings(before.id(), before.settings(), after));
        assertEquals(after, store.account(before.id()).orElseThrow().settings());
        assertTrue(store.changeSettings(before.id(), after, after.withSending(OwnLimits.CONFIGURED).after(after)));
        assertEquals(OwnLimits.CONFIGURED, store.account(before.id()).orElseThrow().settings().sending());
    }

    @Test
    void sendingLimitsOfADomainAreReadAsTheyWereWrittenAndGoWithIt() {
        store.createDomain(domain);
        LocalDomain made = store.domain(domain).orElseThrow();
        assertEquals(OwnLimits.CONFIGURED, made.sending());
        OwnLimits own = new OwnLimits(OptionalInt.of(5), OptionalInt.of(0), OptionalInt.empty(), OptionalInt.of(Integer.MAX_VALUE));
        assertTrue(store.changeSending(made, own));
        store.setPostmaster(domain, Optional.of("alice@" + domain));
        assertEquals(new LocalDomain(domain, Optional.of("alice@" + domain), own), store.domain(domain).orElseThrow());
        assertTrue(store.domains().stream().anyMatch(each -> each.name().equals(domain) && each.sending().equals(own)));
        assertFalse(store.changeSending(made, OwnLimits.CONFIGURED), "somebody was faster");
        assertTrue(store.changeSending(made.withSending(own), OwnLimits.CONFIGURED));
        assertEquals(OwnLimits.CONFIGURED, store.domain(domain).orElseThrow().sending());
        assertTrue(store.changeSending(made, own));
        store.deleteDomain(domain);
        assertFalse(store.changeSending(made, own));
        assertEquals(Optional.empty(), store.domain(domain));
        store.createDomain(domain);
        assertEquals(OwnLimits.CONFIGURED, store.domain(domain).orElseThrow().sending(), "one that is made again is another");
    }

    @Test
    void keysOfScramAreSetOnceAndGoWithThePassword() {
        Account before = account();
        store.createAccount(before);
        assertEquals(Optional.empty(), store.account(before.id()).orElseThrow().scram());
        assertTrue(store.setScram(before, "keys one"));
        assertFalse(store.setScram(before, "keys two"), "somebody was faster");
        Account read = store.account(before.id()).orElseThrow();
        assertEquals(Optional.of("keys one"), read.scram());
        assertTrue(store.setScram(read, "keys two"));
        assertTrue(store.changePassword(read, changed(read, "other")));
        assertEquals(Optional.of("keys of other"), store.account(before.id()).orElseThrow().scram());
        assertFalse(store.setScram(store.account(before.id()).orElseThrow().withPassword("x", Optional.empty()), "of an old password"));
        assertFalse(store.setScram(account(), "nobody's"));
    }

    @Test
    void keysOfScramCountForThePasswordTheyWereMadeOf() throws UnknownOutcomeException {
        Account before = account();
        store.createAccount(before);
        store.setScram(before, "keys of the old password");
        cql.applied(List.of(cql.bind("UPDATE account SET password = ?, credential_version = ? WHERE id = ? IF credential_version = ?",
                "changed by an instance without SCRAM", 2, before.id(), 1)));
        Account changed = store.account(before.id()).orElseThrow();
        assertEquals(Optional.empty(), changed.scram());
        assertTrue(store.setScram(changed, "keys of the new password"));
        assertFalse(store.setScram(changed, "keys of somebody slower"));
        assertEquals(Optional.of("keys of the new password"), store.account(before.id()).orElseThrow().scram());
    }

    @Test
    void allPodsSignWithOneKey() {
        StoredKeys session = new StoredKeys(cql, StoredKeys.SESSION);
        assertEquals(new StoredKeys(cql, StoredKeys.SESSION).get(), session.get());
        assertNotEquals(new SecretKeySpec(new byte[32], "HmacSHA256"), session.get());
        assertNotEquals(new StoredKeys(cql, StoredKeys.SCRAM).get(), session.get());
        assertNotEquals(new StoredKeys(cql, "forwarding-1").get(), session.get());
    }

    private Account account() {
        return new Account(UUID.randomUUID(), alice.toString(), "hash", Optional.empty(), 1,
                new AccountSettings(1, AccountStatus.ACTIVE, EnumSet.of(SessionProtocol.IMAP), Optional.empty(), Optional.empty(), OwnLimits.CONFIGURED), Set.of());
    }

    private static Account changed(Account before, String password) {
        return new Account(before.id(), before.address(), password, Optional.of("keys of " + password), before.credentialVersion() + 1,
                before.settings().withStatus(AccountStatus.DISABLED), Set.of());
    }
}
