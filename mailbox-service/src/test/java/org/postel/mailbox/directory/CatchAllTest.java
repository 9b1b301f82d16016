package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.DirectoryException.Fault;

class CatchAllTest {

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());

    @BeforeEach
    void addAddresses() throws DirectoryException {
        directory.administration.addAccount("alice@example.test", "secret");
        directory.administration.addAlias("info@example.test", List.of("bob@other.test"));
        directory.administration.addAlias("@Example.test", List.of("alice@example.test", "ghost@example.test"));
    }

    @Test
    void nobodySendsFromIt() throws DirectoryException {
        assertEquals(List.of("alice@example.test"), List.copyOf(directory.administration.account("alice@example.test").sendsFrom()));
    }

    @Test
    void itTakesWhatNoOtherAddressDoes() throws DirectoryException {
        assertEquals(new Resolved.Alias(List.of("alice@example.test", "ghost@example.test")), directory.addresses.resolve("anybody@example.test"));
        assertInstanceOf(Resolved.Local.class, directory.addresses.resolve("alice@example.test"));
        assertInstanceOf(Resolved.Local.class, directory.addresses.resolve("alice+x@example.test"));
        assertEquals(new Resolved.Alias(List.of("bob@other.test")), directory.addresses.resolve("info@example.test"));
        assertEquals(new Resolved.Alias(List.of("alice@example.test")), directory.addresses.resolve("postmaster@example.test"));
        assertInstanceOf(Resolved.NotOurs.class, directory.addresses.resolve("anybody@other.test"));
        directory.administration.addDomain("more.test");
        assertInstanceOf(Resolved.UnknownUser.class, directory.addresses.resolve("anybody@more.test"));
    }

    /** SAFETY row 25: an address that it names and that is nobody's does not lead to itself. */
    @Test
    void itDoesNotLeadToItself() throws DirectoryException {
        assertEquals(new Resolved.Alias(List.of("alice@example.test")), directory.addresses.resolve("ghost@example.test"));
        directory.administration.changeAlias("@example.test", before -> List.of("ghost@example.test"));
        assertInstanceOf(Resolved.UnknownUser.class, directory.addresses.resolve("ghost@example.test"));
    }

    /** Notices to a sender that was rewritten go to the real one. */
    @Test
    void itDoesNotTakeNoticesToRewrittenSenders() {
        String rewritten = directory.addresses.senderOfForward("carol@other.test", "info@example.test");
        assertEquals(new Resolved.Alias(List.of("carol@other.test")), directory.addresses.resolve(rewritten));
    }

    /** What a search in the console finds. */
    @Test
    void accountsAreFoundByTheirBeginning() throws DirectoryException {
        directory.administration.addAccount("alan@more.test", "secret");
        directory.administration.addAccount("bob@more.test", "secret");
        List<String> domains = List.of("example.test", "more.test");
        assertEquals(List.of("alice@example.test", "alan@more.test"), found(domains, "AL", 10));
        assertEquals(List.of("alice@example.test"), found(domains, "al", 1));
        assertEquals(List.of("alan@more.test"), found(domains, "alan@mo", 10));
        assertEquals(List.of("alice@example.test"), found(domains, "alice@example.test", 10));
        assertEquals(List.of(), found(domains, "info", 10));
        assertEquals(List.of(), found(List.of("example.test"), "alan", 10));
    }

    private List<String> found(List<String> domains, String beginning, int most) throws DirectoryException {
        return directory.administration.find(domains, beginning, most).stream().map(Account::address).toList();
    }

    @Test
    void itIsAnAliasLikeOthers() throws DirectoryException {
        assertEquals(List.of("@example.test", "info@example.test"), directory.administration.aliases(List.of("example.test"), Optional.empty(), 10).items()
                .stream().map(entry -> entry.address().toString()).toList());
        assertEquals(1, directory.administration.aliases(List.of("example.test"), Optional.of("@example.test"), 10).items().size());
        assertEquals(Fault.TAKEN, assertThrows(DirectoryException.class, () -> directory.administration.addAlias("@example.test", List.of("x@y.test"))).fault());
        directory.administration.removeAlias("@example.test");
        assertInstanceOf(Resolved.UnknownUser.class, directory.addresses.resolve("anybody@example.test"));
        for (String wrong : List.of("@", "@a b", "@@example.test", "")) {
            assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> directory.administration.addAlias(wrong, List.of("x@y.test"))).fault());
        }
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> directory.administration.addAccount("@example.test", "x")).fault());
    }
}
