package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;

class AppPasswordsTest {

    private static final String ALICE = "alice@example.test";

    private final DirectoryInMemory store = new DirectoryInMemory();
    private final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());
    private Account alice;
    private AppPasswords.Made phone;

    @BeforeEach
    void addAlice() throws Exception {
        alice = directory.administration.addAccount(ALICE, "secret");
        phone = directory.apps.add(alice.id(), "phone", EnumSet.of(SessionProtocol.IMAP, SessionProtocol.SUBMISSION));
    }

    @Test
    void itOpensWhatItIsForHoweverItIsTyped() {
        assertTrue(phone.text().matches("([a-km-np-z2-9]{4}-){5}[a-km-np-z2-9]{4}"), phone.text());
        for (String typed : new String[] {phone.text(), phone.text().replace("-", ""), phone.text().replace('-', ' ').toUpperCase()}) {
            Outcome.Granted granted = assertInstanceOf(Outcome.Granted.class, login(SessionProtocol.IMAP, typed));
            assertEquals(alice.id(), granted.account().id());
            assertEquals(Optional.of(phone.password().id()), granted.appPassword());
        }
        assertInstanceOf(Outcome.Granted.class, login(SessionProtocol.SUBMISSION, phone.text()));
        assertEquals(new Outcome.Disabled(), login(SessionProtocol.POP3, phone.text()));
        assertEquals(Optional.empty(), assertInstanceOf(Outcome.Granted.class, login(SessionProtocol.POP3, "secret")).appPassword());
    }

    @Test
    void whatIsAlmostRightIsWrong() throws Exception {
        String text = phone.text();
        String other = text.substring(0, text.length() - 1) + (text.endsWith("a") ? "b" : "a");
        assertEquals(new Outcome.Wrong(), login(SessionProtocol.IMAP, other));
        assertEquals(new Outcome.Wrong(), login(SessionProtocol.IMAP, text + "a"));
        directory.administration.addAccount("bob@example.test", "secret");
        assertEquals(new Outcome.Wrong(), directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", "bob@example.test", text, "192.0.2.1")));
        assertEquals(new Outcome.Wrong(),
                directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("bob@example.test", ALICE, text, "192.0.2.1")));
    }

    /** SAFETY rows 20, 22 and 23: a guess costs the same look-up for an account that is not there, and counts. */
    @Test
    void guessesCountAndCostTheSameForNobody() {
        int before = directory.appStore.reads;
        assertEquals(new Outcome.Wrong(), login(SessionProtocol.IMAP, "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa"));
        int known = directory.appStore.reads - before;
        directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", "nobody@example.test", "aaaa-aaaa-aaaa-aaaa-aaaa-aaaa", "192.0.2.1"));
        assertEquals(known, directory.appStore.reads - before - known);
        assertEquals(1, known);
        for (int i = 0; i < 4; i++) {
            login(SessionProtocol.IMAP, "aaaa-aaaa-aaaa-aaaa-aaaa-aaa" + "bcde".charAt(i));
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.ACCOUNT), login(SessionProtocol.IMAP, phone.text()));
    }

    @Test
    void aPasswordThatLooksLikeOneIsStillThePassword() throws Exception {
        directory.administration.changePassword(ALICE, "abcdefghijkmnpqrstuvwxyz");
        assertEquals(Optional.empty(), assertInstanceOf(Outcome.Granted.class, login(SessionProtocol.POP3, "abcdefghijkmnpqrstuvwxyz")).appPassword());
    }

    @Test
    void aSwitchedOffProtocolIsOffForAppPasswordsToo() throws Exception {
        directory.administration.change(ALICE, account -> account.settings().with(SessionProtocol.IMAP, false));
        assertEquals(new Outcome.Disabled(), login(SessionProtocol.IMAP, phone.text()));
    }

    @Test
    void aRemovedOneOpensNothingAndEndsItsSessions() throws Exception {
        AccountSession session = new AccountSession(alice.id(), SessionProtocol.IMAP, 1, Optional.of(phone.password().id()));
        assertInstanceOf(Outcome.Granted.class, directory.authentication.again(session));
        directory.administration.changePassword(ALICE, "other");
        assertInstanceOf(Outcome.Granted.class, directory.authentication.again(session));
        directory.apps.remove(alice.id(), phone.password().id());
        assertEquals(new Outcome.Wrong(), directory.authentication.again(session));
        assertEquals(new Outcome.Wrong(), login(SessionProtocol.IMAP, phone.text()));
        assertEquals(Fault.MISSING, assertThrows(DirectoryException.class, () -> directory.apps.remove(alice.id(), phone.password().id())).fault());
    }

    @Test
    void itsLastUseIsNotedOnceInAnHour() {
        assertEquals(Optional.empty(), directory.apps.list(alice.id()).getFirst().lastUse());
        login(SessionProtocol.POP3, phone.text());
        assertEquals(0, directory.appStore.notes);
        login(SessionProtocol.IMAP, phone.text());
        login(SessionProtocol.SUBMISSION, phone.text());
        assertEquals(1, directory.appStore.notes);
        AppPassword.Use use = directory.apps.list(alice.id()).getFirst().lastUse().orElseThrow();
        assertEquals(SessionProtocol.IMAP, use.protocol());
        assertEquals("192.0.2.1", use.address());
        // Another instance, which has not seen that one.
        new AppPasswords(directory.appStore, Runnable::run, account -> {}, Clock.systemUTC())
                .used(alice.id(), phone.password().id(), SessionProtocol.IMAP, "192.0.2.2");
        assertEquals(1, directory.appStore.notes);
    }

    @Test
    void thereAreFiftyAtMost() throws Exception {
        for (int i = 1; i < 50; i++) {
            directory.apps.add(alice.id(), "number " + i, Set.of(SessionProtocol.IMAP));
        }
        assertEquals(Fault.IN_USE, assertThrows(DirectoryException.class, () -> directory.apps.add(alice.id(), "more", Set.of(SessionProtocol.IMAP))).fault());
        assertEquals(50, directory.apps.list(alice.id()).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000"})
    void aNameIsAName(String name) {
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> directory.apps.add(alice.id(), name, Set.of(SessionProtocol.IMAP))).fault());
        assertEquals(Fault.INVALID, assertThrows(DirectoryException.class, () -> directory.apps.add(alice.id(), "phone", Set.of())).fault());
    }

    @Test
    void theyGoWithTheirAccount() throws Exception {
        directory.administration.removeAccount(ALICE);
        assertEquals(0, directory.apps.list(alice.id()).size());
    }

    @Test
    void whatIsStoredIsNotWhatIsTyped() {
        AppSecret secret = AppSecret.parse(phone.text()).orElseThrow();
        assertArrayEquals(secret.hash(), phone.password().hash());
        assertNotEquals(AppSecret.random().text(), AppSecret.random().text());
        assertTrue(!phone.toString().contains(secret.secret()) && !secret.toString().contains(secret.secret()));
    }

    private Outcome login(SessionProtocol protocol, String password) {
        return directory.authentication.authenticate(protocol, new Credentials("", ALICE, password, "192.0.2.1"));
    }
}
