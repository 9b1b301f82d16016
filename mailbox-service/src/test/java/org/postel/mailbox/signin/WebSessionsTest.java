package org.postel.mailbox.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryFixture;
import org.postel.mailbox.directory.DirectoryInMemory;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class WebSessionsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Client HERE = new Client("192.0.2.1", "Firefox");
    private static final Client THERE = new Client("192.0.2.2", "Firefox");

    private final DirectoryFixture directory = new DirectoryFixture(new DirectoryInMemory(), Optional.empty());
    private CassandraWebSessions store;
    private Account account;

    @BeforeEach
    void open(CassandraSession session) throws DirectoryException {
        store = new CassandraWebSessions(new Cql(session));
        account = directory.administration.addAccount("a@example.test", "secret");
    }

    @Test
    void aTokenFindsItsSessionAndNoOther() {
        WebSessions sessions = sessions(NOON, Duration.ofHours(1));
        SessionSecret secret = sessions.open(account, HERE);
        SignedIn found = sessions.find(secret.text(), HERE).orElseThrow();
        assertEquals(account.address(), found.account().address());
        assertTrue(found.sent(found.formToken()));
        assertFalse(found.sent(""));
        assertNotEquals(secret.text(), sessions.open(account, HERE).text());
        assertEquals(Optional.empty(), sessions.find(SessionSecret.of(account.id()).text(), HERE));
        assertEquals(Optional.empty(), sessions.find(SessionSecret.of(UUID.randomUUID()).text(), HERE));
        sessions.end(account.id(), found.session().id());
        assertEquals(Optional.empty(), sessions.find(secret.text(), HERE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"})
    void whatIsNoTokenFindsNothing(String written) {
        assertEquals(Optional.empty(), sessions(NOON, Duration.ofHours(1)).find(written, HERE));
    }

    @Test
    void aUseIsNotedOnceAMinute() {
        SessionSecret secret = sessions(NOON, Duration.ofHours(1)).open(account, HERE);
        sessions(NOON.plusSeconds(59), Duration.ofHours(1)).find(secret.text(), THERE);
        assertEquals(List.of(NOON + " 192.0.2.1"), uses());
        sessions(NOON.plusSeconds(61), Duration.ofHours(1)).find(secret.text(), THERE);
        assertEquals(List.of(NOON.plusSeconds(61) + " 192.0.2.2"), uses());
    }

    /** A use that is noted late, and a session that nobody uses. */
    @Test
    void whatIsOverStaysOver() {
        SessionSecret secret = sessions(NOON, Duration.ofHours(1)).open(account, HERE);
        store.remove(account.id(), secret.id());
        store.used(account.id(), secret.id(), NOON, "192.0.2.1", Duration.ofMinutes(5));
        assertEquals(Optional.empty(), store.find(account.id(), secret.id()));
        assertEquals(List.of(), store.all(account.id()));
        SessionSecret idle = sessions(NOON, Duration.ofHours(1)).open(account, HERE);
        store.used(account.id(), idle.id(), NOON, "192.0.2.1", Duration.ofSeconds(1));
        while (store.find(account.id(), idle.id()).isPresent()) {
            Thread.onSpinWait();
        }
        assertEquals(Optional.empty(), sessions(NOON, Duration.ofHours(1)).find(idle.text(), HERE));
    }

    @Test
    void othersEndWithoutThisOne() {
        WebSessions sessions = sessions(NOON, Duration.ofHours(1));
        SessionSecret kept = sessions.open(account, HERE);
        SessionSecret other = sessions.open(account, THERE);
        sessions.endOthers(sessions.find(kept.text(), HERE).orElseThrow().session());
        assertTrue(sessions.find(kept.text(), HERE).isPresent());
        assertEquals(Optional.empty(), sessions.find(other.text(), HERE));
        sessions.endAll(account.id());
        assertEquals(Optional.empty(), sessions.find(kept.text(), HERE));
    }

    @Test
    void theOneThatWasUsedLongestAgoMakesRoom() {
        SessionSecret oldest = sessions(NOON, Duration.ofHours(1)).open(account, HERE);
        WebSessions later = sessions(NOON.plusSeconds(120), Duration.ofHours(1));
        for (int i = 0; i < 49; i++) {
            later.open(account, HERE);
        }
        assertTrue(later.find(oldest.text(), HERE).isPresent());
        store.used(account.id(), oldest.id(), NOON, HERE.address(), Duration.ofHours(1));
        later.open(account, HERE);
        assertEquals(50, later.of(account).size());
        assertEquals(Optional.empty(), later.find(oldest.text(), HERE));
    }

    @Test
    void sessionsOfAnotherPasswordAreNotListed() throws DirectoryException {
        WebSessions sessions = sessions(NOON, Duration.ofHours(1));
        sessions.open(account, HERE);
        Account after = directory.administration.changePassword(account.address(), "another");
        assertEquals(List.of(), sessions.of(after));
        sessions.open(after, HERE);
        assertEquals(1, sessions.of(after).size());
    }

    @Test
    void livesThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SessionLives(Duration.ofHours(2), Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new SessionLives(Duration.ofHours(2), Duration.ofDays(2)));
        assertThrows(IllegalArgumentException.class, () -> new SessionLives(Duration.ZERO, Duration.ofDays(1)));
    }

    private List<String> uses() {
        return store.all(account.id()).stream().map(session -> session.used() + " " + session.address()).toList();
    }

    private WebSessions sessions(Instant now, Duration idle) {
        return new WebSessions(store, directory.authentication, new SessionLives(idle, Duration.ofHours(12)), Clock.fixed(now, ZoneOffset.UTC));
    }
}
