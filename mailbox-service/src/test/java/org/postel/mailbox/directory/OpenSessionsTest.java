package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;

class OpenSessionsTest {

    private final DirectoryInMemory store = new DirectoryInMemory();
    private final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());
    private final OpenSessions sessions = new OpenSessions(store, directory.apps, Duration.ZERO);
    private AccountSession imap;
    private AccountSession pop3;

    @BeforeEach
    void logIn() throws Exception {
        Account alice = directory.administration.addAccount("alice@example.test", "secret");
        imap = new AccountSession(alice.id(), SessionProtocol.IMAP, 1);
        pop3 = new AccountSession(alice.id(), SessionProtocol.POP3, 1);
    }

    @Test
    void aChangedPasswordEndsAllAndANewLoginStands() throws Exception {
        assertTrue(sessions.stand(imap) && sessions.stand(pop3));
        directory.administration.changePassword("alice@example.test", "other");
        assertFalse(sessions.stand(imap) || sessions.stand(pop3));
        assertTrue(sessions.stand(new AccountSession(imap.accountId(), SessionProtocol.IMAP, 2)));
    }

    @Test
    void aSwitchEndsTheSessionsOfItsProtocol() throws Exception {
        directory.administration.change("alice@example.test", account -> account.settings().with(SessionProtocol.POP3, false));
        assertTrue(sessions.stand(imap));
        assertFalse(sessions.stand(pop3));
    }

    @Test
    void aSuspendedAccountAndOneThatIsGoneHaveNoSessions() throws Exception {
        directory.administration.change("alice@example.test", account -> account.settings().withStatus(AccountStatus.DISABLED));
        assertFalse(sessions.stand(imap));
        directory.administration.change("alice@example.test", account -> account.settings().withStatus(AccountStatus.ACTIVE));
        assertTrue(sessions.stand(imap));
        directory.administration.removeAccount("alice@example.test");
        assertFalse(sessions.stand(imap));
    }

    @Test
    void anAppPasswordsSessionEndsWithItAndNotWithTheAccountsPassword() throws Exception {
        AppPassword app = directory.apps.add(imap.accountId(), "phone", Set.of(SessionProtocol.IMAP)).password();
        AccountSession phone = new AccountSession(imap.accountId(), SessionProtocol.IMAP, 1, Optional.of(app.id()));
        directory.administration.changePassword("alice@example.test", "other");
        assertTrue(sessions.stand(phone));
        assertFalse(sessions.stand(new AccountSession(imap.accountId(), SessionProtocol.POP3, 1, Optional.of(app.id()))));
        directory.apps.remove(imap.accountId(), app.id());
        assertFalse(sessions.stand(phone));
    }

    @Test
    void anOutageEndsNoSession() {
        store.setAway(true);
        assertTrue(sessions.stand(imap));
    }

    @Test
    void whatWasSeenIsBelievedForItsTimeOnly() throws Exception {
        OpenSessions patient = new OpenSessions(store, directory.apps, Duration.ofMinutes(1));
        assertTrue(patient.stand(imap));
        directory.administration.changePassword("alice@example.test", "other");
        assertEquals(true, patient.stand(imap));
        assertFalse(sessions.stand(imap));
    }

    @Test
    void whatWasSeenTurnsNobodyAwayWhoHasJustLoggedIn() throws Exception {
        OpenSessions patient = new OpenSessions(store, directory.apps, Duration.ofMinutes(1));
        assertTrue(patient.stand(imap));
        directory.administration.changePassword("alice@example.test", "other");
        assertTrue(patient.stand(new AccountSession(imap.accountId(), SessionProtocol.IMAP, 2)));
        assertFalse(patient.stand(imap));
    }

    @Test
    void aProtocolCountsAsSoonAsItIsSwitchedOn() throws Exception {
        OpenSessions patient = new OpenSessions(store, directory.apps, Duration.ofMinutes(1));
        directory.administration.change("alice@example.test", account -> account.settings().with(SessionProtocol.POP3, false));
        assertFalse(patient.stand(pop3));
        directory.administration.change("alice@example.test", account -> account.settings().with(SessionProtocol.POP3, true));
        assertTrue(patient.stand(pop3));
    }

    @Test
    void whoeverKeepsSessionsIsToldOfWhatEndsThem() throws Exception {
        AppPassword app = directory.apps.add(imap.accountId(), "phone", Set.of(SessionProtocol.IMAP)).password();
        assertEquals(List.of(), directory.accessChanged);
        directory.apps.remove(imap.accountId(), app.id());
        directory.administration.changePassword("alice@example.test", "other");
        directory.administration.change("alice@example.test", account -> account.settings().with(SessionProtocol.POP3, false));
        directory.administration.removeAccount("alice@example.test");
        assertEquals(Collections.nCopies(4, imap.accountId()), directory.accessChanged);
    }
}
