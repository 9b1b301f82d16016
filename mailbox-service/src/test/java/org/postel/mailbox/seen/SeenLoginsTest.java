package org.postel.mailbox.seen;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.identity.AccountSession;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.seen.SeenLogin.Result;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class SeenLoginsTest {

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private final UUID alice = UUID.randomUUID();
    private final SeenInMemory store = new SeenInMemory();
    private Instant now = NOON;
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private final SeenLogins seen = new SeenLogins(store, name -> name.equals("alice") ? Optional.of(alice) : Optional.empty(), clock);

    @Test
    void logInsThatAreAlikeAreOneRow() {
        login("192.0.2.1", Result.GRANTED);
        pass(Duration.ofMinutes(10));
        login("192.0.2.1", Result.GRANTED);
        login("192.0.2.2", Result.GRANTED);
        login("192.0.2.1", Result.WRONG);
        seen.writeRest();
        assertEquals(3, seen.logins(alice).size());
        assertEquals(new SeenLogin(how(Result.GRANTED), "password", "", NOON, NOON.plusSeconds(600), 2),
                seen.logins(alice).stream().filter(login -> login.how().equals(how(Result.GRANTED))).findFirst().orElseThrow());
    }

    /** What two instances saw, or one before and after a restart. */
    @Test
    void rowsOfSeveralInstancesAreToldAsOne() {
        SeenLogins other = new SeenLogins(store, name -> Optional.of(alice), clock);
        login("192.0.2.1", Result.GRANTED);
        seen.writeRest();
        pass(Duration.ofMinutes(1));
        other.login(attempt("192.0.2.1", Result.GRANTED));
        other.writeRest();
        assertEquals(List.of(new SeenLogin(how(Result.GRANTED), "password", "", NOON, NOON.plusSeconds(60), 2)), seen.logins(alice));
    }

    @Test
    void aNewDayIsANewRow() {
        login("192.0.2.1", Result.GRANTED);
        pass(Duration.ofHours(13));
        login("192.0.2.1", Result.GRANTED);
        seen.writeRest();
        assertEquals(List.of("2026-07-02", "2026-07-01"), seen.logins(alice).stream().map(login -> login.how().day().toString()).toList());
    }

    @Test
    void clientsThatPollCostAWriteInAMinute() {
        LoginRows rows = new LoginRows(store, clock);
        for (int second = 0; second < 180; second += 5) {
            rows.add(alice, new SeenLogin(how(Result.GRANTED), "password", "", now, now, 1));
            rows.write(false);
            pass(Duration.ofSeconds(5));
        }
        assertEquals(3, store.writes.get());
    }

    @Test
    void aGuesserWithManyAddressesFillsNoTableAndHidesNoLogIn() {
        for (int i = 0; i < 500; i++) {
            login("198.51.100." + i, Result.WRONG);
        }
        login("192.0.2.1", Result.GRANTED);
        seen.login(new SeenLogins.Attempt(Optional.empty(), "nobody", Service.IMAP, "password", "192.0.2.1", "", Optional.empty(), Result.WRONG));
        seen.writeRest();
        assertEquals(102, seen.logins(alice).size());
        assertEquals(400, seen.logins(alice).stream().filter(login -> login.how().address().isEmpty()).mapToLong(SeenLogin::count).sum());
        assertTrue(seen.logins(alice).stream().anyMatch(login -> login.how().equals(how(Result.GRANTED))));
    }

    /** A table that is full for a day would hide who comes then. */
    @Test
    void moreKindsThanFitAreNotedOnceOthersAreWritten() {
        LoginRows rows = new LoginRows(store, clock);
        SeenLogin login = new SeenLogin(how(Result.GRANTED), "password", "", NOON, NOON, 1);
        for (int i = 0; i < LoginRows.MOST; i++) {
            rows.add(new UUID(1, i), login);
        }
        rows.write(false);
        rows.add(alice, login);
        rows.write(false);
        assertEquals(1, store.logins(alice, 10).size());
    }

    @Test
    void whatCannotBeWrittenNowIsWrittenLater() {
        store.setAway(true);
        login("192.0.2.1", Result.GRANTED);
        seen.writeRest();
        store.setAway(false);
        seen.writeRest();
        assertEquals(1, seen.logins(alice).size());
    }

    @Test
    void nobodyWaitsWhenTooMuchIsToBeNoted() {
        for (int i = 0; i < 20_000; i++) {
            login("192.0.2.1", Result.GRANTED);
        }
        seen.writeRest();
        assertEquals(10_000, seen.logins(alice).getFirst().count());
    }

    @Test
    void sessionsAreNotedOnceInAWhile() {
        AccountSession session = new AccountSession(alice, SessionProtocol.IMAP, 1, Optional.of("abcd"),
                Optional.of(new AccountSession.Origin("s1", "192.0.2.1", NOON)));
        seen.used(session);
        seen.writeRest();
        assertEquals(List.of(), seen.sessions(alice), "it may be over in a moment");
        pass(Duration.ofMinutes(1));
        seen.used(session);
        seen.used(session);
        seen.used(new AccountSession(alice, SessionProtocol.IMAP, 1));
        seen.writeRest();
        assertEquals(List.of(new SeenSession("s1", SessionProtocol.IMAP, "192.0.2.1", Optional.of("abcd"), NOON, NOON.plusSeconds(60))), seen.sessions(alice));
        assertEquals(1, store.writes.get());
    }

    @Test
    void theWriterWritesWhatItTookBeforeItEnds() {
        CountDownLatch taken = new CountDownLatch(1);
        SeenLogins real = new SeenLogins(store, name -> {
            taken.countDown();
            return Optional.of(alice);
        }, Clock.systemUTC());
        real.start();
        real.login(attempt("192.0.2.1", Result.GRANTED));
        assertDoesNotThrow(() -> taken.await());
        real.close();
        assertEquals(1, seen.logins(alice).size());
    }

    @Test
    void notesAreKeptInCassandra(CassandraSession session) {
        keepsItsContract(new CassandraSeen(new Cql(session), Duration.ofDays(30)));
    }

    @Test
    void notesAreKeptInMemory() {
        keepsItsContract(store);
    }

    private void keepsItsContract(SeenStore kept) {
        SeenLogin login = new SeenLogin(how(Result.WRONG), "password", "", NOON, NOON, 1);
        kept.write(alice, 1, login);
        SeenLogin more = login.and(new SeenLogin(how(Result.WRONG), "token", "", NOON, NOON.plusSeconds(1), 2));
        kept.write(alice, 1, more);
        kept.write(alice, 2, login);
        kept.write(UUID.randomUUID(), 1, login);
        assertEquals(List.of(login, more), kept.logins(alice, 10).stream().sorted((one, other) -> Long.compare(one.count(), other.count())).toList());
        assertEquals(1, kept.logins(alice, 1).size());
        SeenSession session = new SeenSession("s1", SessionProtocol.POP3, "192.0.2.1", Optional.empty(), NOON, NOON);
        SeenSession again = new SeenSession("s1", SessionProtocol.POP3, "192.0.2.1", Optional.empty(), NOON, NOON.plusSeconds(300));
        SeenSession phone = new SeenSession("s2", SessionProtocol.IMAP, "192.0.2.1", Optional.of("abcd"), NOON, NOON);
        kept.write(alice, session);
        kept.write(alice, again);
        kept.write(alice, phone);
        assertEquals(List.of(again, phone).stream().collect(Collectors.toSet()), kept.sessions(alice, 10).stream().collect(Collectors.toSet()));
        assertEquals(List.of(), kept.sessions(UUID.randomUUID(), 10));
    }

    private static SeenLogin.Alike how(Result result) {
        return new SeenLogin.Alike(LocalDate.of(2026, 7, 1), Service.IMAP, "192.0.2.1", Optional.empty(), result);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void login(String address, Result result) {
        seen.login(attempt(address, result));
    }

    private static SeenLogins.Attempt attempt(String address, Result result) {
        return new SeenLogins.Attempt(Optional.empty(), "alice", Service.IMAP, "password", address, "", Optional.empty(), result);
    }
}
