package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.sending.OwnLimits;
import org.postel.mailbox.storage.StoreException;

class AuthenticationTest {

    private static final String HERE = "192.0.2.1";

    private final DirectoryInMemory store = new DirectoryInMemory();
    private final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());
    private Account alice;

    @BeforeEach
    void addAlice() throws Exception {
        alice = directory.administration.addAccount("alice@example.test", "secret");
    }

    @Test
    void theRightPasswordOpensTheAccount() {
        assertEquals(alice, assertInstanceOf(Outcome.Granted.class, login("Alice@Example.test", "secret", HERE)).account());
    }

    @Test
    void unknownUserAndWrongPasswordAreOneAnswer() {
        assertEquals(login("alice@example.test", "wrong", HERE), login("nobody@example.test", "wrong", HERE));
        assertEquals(new Outcome.Wrong(), login("not an address", "secret", HERE));
        assertEquals(new Outcome.Wrong(), login("alice@example.test", "", HERE));
    }

    @Test
    void nobodyActsForAnother() throws Exception {
        directory.administration.addAccount("bob@example.test", "hidden");
        assertInstanceOf(Outcome.Granted.class, directory.authentication.authenticate(SessionProtocol.IMAP,
                new Credentials("ALICE@example.test", "alice@example.test", "secret", HERE)));
        assertEquals(new Outcome.Wrong(), directory.authentication.authenticate(SessionProtocol.IMAP,
                new Credentials("bob@example.test", "alice@example.test", "secret", HERE)));
    }

    @Test
    void aDisabledAccountIsToldOnlyToWhoKnowsThePassword() {
        change(AccountStatus.DISABLED, alice.protocols());
        assertEquals(new Outcome.Disabled(), login("alice@example.test", "secret", HERE));
        assertEquals(new Outcome.Wrong(), login("alice@example.test", "wrong", HERE));
    }

    @Test
    void aProtocolCanBeSwitchedOff() {
        change(AccountStatus.ACTIVE, Set.of(SessionProtocol.POP3));
        assertEquals(new Outcome.Disabled(), login("alice@example.test", "secret", HERE));
    }

    @Test
    void anOutageLocksNobodyOut() {
        store.setAway(true);
        for (int i = 0; i < 30; i++) {
            assertThrows(StoreException.class, () -> login("alice@example.test", "secret", HERE));
        }
        store.setAway(false);
        assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "secret", HERE));
    }

    @Test
    void guessesForAnyDetailOfAnAddressCountTogether() {
        for (int i = 0; i < 5; i++) {
            assertEquals(new Outcome.Wrong(), login("alice+" + i + "@example.test", "guess" + i, "198.51.100." + i));
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.ACCOUNT), login("alice+9@example.test", "secret", "198.51.100.77"));
    }

    @Test
    void guessesAreLimitedPerAccountAndSuccessDoesNotCount() {
        for (int i = 0; i < 30; i++) {
            assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "secret", HERE));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(new Outcome.Wrong(), login("alice@example.test", "guess" + i, "198.51.100." + i));
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.ACCOUNT), login("alice@example.test", "secret", "198.51.100.77"));
        // The owner is not locked out by somebody else's guesses.
        assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "secret", HERE));
    }

    @Test
    void guessesAreLimitedPerClientAndAWholeIpv6NetworkIsOne() {
        for (int i = 0; i < 20; i++) {
            assertEquals(new Outcome.Wrong(), login("user" + i + "@example.test", "guess", "2001:db8::" + i));
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.CLIENT), login("alice@example.test", "secret", "2001:db8::ffff"));
        assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "secret", "2001:db8:1::1"));
    }

    @Test
    void aChangedPasswordEndsSessionsAtTheirRenewal() throws Exception {
        assertInstanceOf(Outcome.Granted.class, directory.authentication.again(new AccountSession(alice.id(), SessionProtocol.IMAP, 1)));
        directory.administration.changePassword("alice@example.test", "other");
        assertEquals(new Outcome.Wrong(), directory.authentication.again(new AccountSession(alice.id(), SessionProtocol.IMAP, 1)));
        assertInstanceOf(Outcome.Granted.class, directory.authentication.again(new AccountSession(alice.id(), SessionProtocol.IMAP, 2)));
        assertEquals(new Outcome.Wrong(), login("alice@example.test", "secret", HERE));
    }

    @Test
    void aDeletedAccountIsNotRenewed() throws Exception {
        directory.administration.removeAccount("alice@example.test");
        assertEquals(new Outcome.Wrong(), directory.authentication.again(new AccountSession(alice.id(), SessionProtocol.IMAP, 1)));
    }

    private void change(AccountStatus status, Set<SessionProtocol> protocols) {
        store.changeSettings(alice.id(), alice.settings(), new AccountSettings(2, status, protocols, Optional.empty(), Optional.empty(), OwnLimits.CONFIGURED));
    }

    private Outcome login(String name, String password, String from) {
        return directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", name, password, from));
    }
}
