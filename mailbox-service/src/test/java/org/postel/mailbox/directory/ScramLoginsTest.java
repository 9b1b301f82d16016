package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.directory.Authentication.Credentials;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.scram.ScramClient;
import org.postel.mailbox.scram.ScramExchange;
import org.postel.mailbox.scram.ScramSettings;
import org.postel.mailbox.scram.ScramUse;
import org.postel.mailbox.storage.StoreException;

class ScramLoginsTest {

    private static final String HERE = "192.0.2.1";

    private final DirectoryInMemory store = new DirectoryInMemory();
    private final DirectoryFixture directory = new DirectoryFixture(store, Optional.empty());
    private Account alice;

    @BeforeEach
    void addAlice() throws Exception {
        alice = directory.administration.addAccount("alice@example.test", "secret");
    }

    @Test
    void thePasswordOpensTheAccountAndIsNeverSent() {
        ScramClient client = ScramClient.of("Alice@Example.test", "secret");
        ScramLogins.Ended ended = login(client, HERE);
        assertEquals(alice, assertInstanceOf(Outcome.Granted.class, ended.outcome()).account());
        assertTrue(client.believes(ended.serverFinal()));
        assertEquals(new Outcome.Wrong(), login(ScramClient.of("alice@example.test", "wrong"), HERE).outcome());
    }

    @Test
    void aNewPasswordHasNewKeys() throws Exception {
        directory.administration.changePassword("alice@example.test", "other");
        assertEquals(new Outcome.Wrong(), login("alice@example.test", "secret"));
        assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "other"));
    }

    /** SAFETY row 23: asked like anybody, the same each time, and refused at the end. */
    @Test
    void anUnknownUserIsAskedLikeAKnownOne() {
        String first = asked("nobody@example.test");
        assertEquals(first, asked("NOBODY+tag@example.test"));
        assertNotEquals(first, asked("somebody@example.test"));
        assertEquals(asked("alice@example.test"), asked("alice@example.test"));
        assertEquals(first.length(), asked("alice@example.test").length());
        assertEquals(first.split(" ")[1], asked("alice@example.test").split(" ")[1], "iterations");
        assertEquals(login("alice@example.test", "wrong"), login("nobody@example.test", "wrong"));
        assertEquals(new Outcome.Wrong(), login("not an address", "secret"));
    }

    @Test
    void anAccountFromBeforeGetsItsKeysFromItsPassword() {
        forgetKeys();
        assertEquals(new Outcome.Wrong(), login("alice@example.test", "secret"));
        plain("wrong");
        assertTrue(store.account(alice.id()).orElseThrow().scram().isEmpty());
        plain("secret");
        String keys = store.account(alice.id()).orElseThrow().scram().orElseThrow();
        assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "secret"));
        plain("secret");
        assertEquals(keys, store.account(alice.id()).orElseThrow().scram().orElseThrow(), "made once");
    }

    @Test
    void nothingIsKeptWhereScramIsOff() throws Exception {
        DirectoryFixture off = new DirectoryFixture(store, Optional.empty(), new ScramSettings(ScramUse.OFF, 4_096));
        Account bob = off.administration.addAccount("bob@example.test", "secret");
        assertTrue(store.account(bob.id()).orElseThrow().scram().isEmpty());
        assertTrue(off.scram.first(first(ScramClient.of("alice@example.test", "secret"))).isEmpty());
        DirectoryFixture prepared = new DirectoryFixture(store, Optional.empty(), new ScramSettings(ScramUse.PREPARE, 4_096));
        assertTrue(prepared.scram.first(first(ScramClient.of("alice@example.test", "secret"))).isEmpty());
        prepared.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", "bob@example.test", "secret", HERE));
        assertFalse(store.account(bob.id()).orElseThrow().scram().isEmpty());
    }

    @Test
    void nobodyActsForAnother() throws Exception {
        directory.administration.addAccount("bob@example.test", "hidden");
        assertInstanceOf(Outcome.Granted.class, login(new ScramClient("n,a=ALICE@example.test,", new byte[0], "alice@example.test", "secret"), HERE).outcome());
        assertEquals(new Outcome.Wrong(), login(new ScramClient("n,a=bob@example.test,", new byte[0], "alice@example.test", "secret"), HERE).outcome());
    }

    @Test
    void aStateOpensSessionsOfItsProtocolOnly() {
        ScramClient client = ScramClient.of("alice@example.test", "secret");
        ScramExchange.Challenge challenge = directory.scram.first(first(client)).orElseThrow();
        assertEquals(new Outcome.Wrong(),
                directory.scram.last(SessionProtocol.SUBMISSION, challenge.state(), client.last(challenge.message()), HERE).outcome());
    }

    @Test
    void aDisabledAccountIsToldOnlyToWhoKnowsThePassword() {
        store.changeSettings(alice.id(), alice.settings(), alice.settings().with(SessionProtocol.IMAP, false));
        assertEquals(new Outcome.Disabled(), login("alice@example.test", "secret"));
        assertEquals(new Outcome.Wrong(), login("alice@example.test", "wrong"));
    }

    /** SAFETY row 20: guesses with one mechanism count for the others. */
    @Test
    void guessesCountWithThoseOfPlain() {
        for (int i = 0; i < 3; i++) {
            assertEquals(new Outcome.Wrong(), login(ScramClient.of("alice+" + i + "@example.test", "guess"), "198.51.100." + i).outcome());
            directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", "alice@example.test", "guess" + i, "198.51.101." + i));
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.ACCOUNT), login(ScramClient.of("alice@example.test", "secret"), "198.51.100.77").outcome());
    }

    @Test
    void forgedStatesCountAgainstTheClient() {
        for (int i = 0; i < 20; i++) {
            assertEquals(new Outcome.Wrong(), directory.scram.last(SessionProtocol.IMAP, new byte[100], new byte[0], HERE).outcome());
        }
        assertEquals(new Outcome.Limited(Outcome.Scope.CLIENT), login("alice@example.test", "secret"));
    }

    @Test
    void anOutageLocksNobodyOut() {
        ScramClient client = ScramClient.of("alice@example.test", "secret");
        ScramExchange.Challenge challenge = directory.scram.first(first(client)).orElseThrow();
        store.setAway(true);
        for (int i = 0; i < 30; i++) {
            assertThrows(StoreException.class,
                    () -> directory.scram.last(SessionProtocol.IMAP, challenge.state(), client.last(challenge.message()), HERE));
        }
        store.setAway(false);
        assertInstanceOf(Outcome.Granted.class, login("alice@example.test", "secret"));
    }

    private void forgetKeys() {
        store.deleteAccount(alice.id());
        alice = new Account(alice.id(), alice.address(), alice.password(), Optional.empty(), 1, alice.settings(), alice.aliases());
        store.createAccount(alice);
    }

    private void plain(String password) {
        directory.authentication.authenticate(SessionProtocol.IMAP, new Credentials("", "alice@example.test", password, HERE));
    }

    private String asked(String name) {
        return ScramClient.asked(directory.scram.first(first(ScramClient.of(name, "secret"))).orElseThrow().message());
    }

    private static ScramExchange.First first(ScramClient client) {
        return new ScramExchange.First("imap", false, Map.of(), client.first());
    }

    private Outcome login(String name, String password) {
        return login(ScramClient.of(name, password), HERE).outcome();
    }

    private ScramLogins.Ended login(ScramClient client, String from) {
        ScramExchange.Challenge challenge = directory.scram.first(first(client)).orElseThrow();
        return directory.scram.last(SessionProtocol.IMAP, challenge.state(), client.last(challenge.message()), from);
    }
}
