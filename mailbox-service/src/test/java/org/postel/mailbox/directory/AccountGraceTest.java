package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.SessionProtocol;

class AccountGraceTest {

    private static final String ALICE = "alice@example.test";
    private static final Duration GRACE = Duration.ofDays(30);

    private Instant now = Instant.parse("2026-07-01T08:00:00Z");
    private final InstantSource moving = () -> now;
    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private final DeletedInMemory deleted = new DeletedInMemory();
    private final List<UUID> gone = new ArrayList<>();
    private final AccountGrace grace = grace(GRACE);
    private UUID alice;

    private AccountGrace grace(Duration time) {
        return new AccountGrace(directory.administration, deleted, time, gone::add, moving.withZone(ZoneOffset.UTC));
    }

    @BeforeEach
    void addAccounts() throws DirectoryException {
        alice = directory.administration.addAccount(ALICE, "secret").id();
        directory.administration.addAccount("bob@example.test", "secret");
        directory.administration.addAlias("info@example.test", List.of(ALICE));
    }

    @Test
    void aDeletedAccountIsShutAndKeepsAll() throws DirectoryException {
        assertInstanceOf(Resolved.Local.class, directory.addresses.resolve(ALICE));
        grace.delete(ALICE);
        assertInstanceOf(Outcome.Disabled.class, login());
        assertInstanceOf(Resolved.UnknownUser.class, directory.addresses.resolve(ALICE));
        assertInstanceOf(Resolved.UnknownUser.class, directory.addresses.resolve("alice+x@example.test"));
        assertEquals(new Resolved.Alias(List.of("bob@example.test")), directory.addresses.resolve("postmaster@example.test"));
        assertEquals(Fault.TAKEN, assertThrows(DirectoryException.class, () -> directory.administration.addAccount(ALICE, "x")).fault());
        assertEquals(Fault.IN_USE, assertThrows(DirectoryException.class, () -> grace.delete(ALICE)).fault());
        now = now.plus(GRACE).minusSeconds(1);
        grace.sweep(() -> true);
        assertEquals(List.of(alice), directory.mailOf.stream().filter(alice::equals).toList());
        grace.restore(ALICE);
        assertInstanceOf(Outcome.Granted.class, login());
        assertInstanceOf(Resolved.Local.class, directory.addresses.resolve(ALICE));
        assertEquals(List.of(), grace.list());
        now = now.plus(GRACE).plus(GRACE);
        grace.sweep(() -> true);
        assertInstanceOf(Outcome.Granted.class, login());
    }

    @Test
    void afterItsTimeItIsGone() throws DirectoryException {
        grace.delete(ALICE);
        now = now.plus(GRACE);
        assertEquals(Fault.IN_USE, assertThrows(DirectoryException.class, () -> grace.restore(ALICE)).fault(), "it is perhaps just being removed");
        grace.sweep(() -> false);
        assertEquals(1, grace.list().size(), "another pod has the lease");
        grace.sweep(() -> true);
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> grace.restore(ALICE)).fault());
        assertEquals(List.of(), directory.mailOf.stream().filter(alice::equals).toList());
        assertEquals(List.of(alice), gone);
        assertEquals(List.of(), grace.list());
        directory.administration.addAccount(ALICE, "new");
    }

    @Test
    void whatCouldNotBeRemovedIsRemovedLater() throws DirectoryException {
        grace.delete(ALICE);
        now = now.plus(GRACE);
        directory.answers = false;
        grace.sweep(() -> true);
        assertEquals(1, grace.list().size());
        directory.answers = true;
        grace.sweep(() -> true);
        assertEquals(List.of(), directory.mailOf.stream().filter(alice::equals).toList());
        assertEquals(List.of(), grace.list());
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> directory.administration.account(ALICE)).fault());
    }

    @Test
    void whoWasSuspendedIsSuspendedAgain() throws DirectoryException {
        directory.administration.change(ALICE, account -> account.settings().withStatus(AccountStatus.DISABLED));
        grace.delete(ALICE);
        assertEquals(AccountStatus.DISABLED, grace.restore(ALICE).status());
        assertInstanceOf(Outcome.Disabled.class, login());
    }

    @Test
    void aDomainHasItsPostmasterAgain() throws DirectoryException {
        directory.administration.addAccount("carol@more.test", "secret");
        grace.delete("carol@more.test");
        grace.restore("carol@more.test");
        assertEquals(new Resolved.Alias(List.of("carol@more.test")), directory.addresses.resolve("postmaster@more.test"));
    }

    /** A pod that died after it had noted the account, and before anything else. */
    @Test
    void whatWasOnlyNotedStays() throws DirectoryException {
        deleted.add(new DeletedStore.Deleted(alice, ALICE, now, AccountStatus.ACTIVE));
        now = now.plus(GRACE);
        grace.sweep(() -> true);
        assertInstanceOf(Outcome.Granted.class, login());
        assertEquals(List.of(), grace.list());
    }

    /** One that died after it had removed it, and an account of the same name that came since. */
    @Test
    void whatIsGoneIsForgottenAndANewOneStays() throws DirectoryException {
        grace.delete(ALICE);
        directory.administration.removeAccount(ALICE);
        directory.administration.addAccount(ALICE, "secret");
        now = now.plus(GRACE);
        grace.sweep(() -> true);
        assertInstanceOf(Outcome.Granted.class, login());
        assertEquals(List.of(), grace.list());
    }

    @Test
    void withoutGraceItIsGoneAtOnce() throws DirectoryException {
        grace(Duration.ZERO).delete(ALICE);
        assertThrows(DirectoryException.class, () -> directory.administration.account(ALICE));
        grace.delete("bob@example.test");
        grace.removeNow("bob@example.test");
        assertEquals(List.of(), grace.list());
        assertEquals(2, gone.size());
        assertThrows(IllegalArgumentException.class, () -> grace(Duration.ofDays(-1)));
    }

    @Test
    void whatIsNotDeletedIsNotRestored() {
        assertEquals(Fault.IN_USE, assertThrows(DirectoryException.class, () -> grace.restore(ALICE)).fault());
    }

    private Outcome login() {
        return directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", ALICE, "secret", "192.0.2.1"));
    }
}
