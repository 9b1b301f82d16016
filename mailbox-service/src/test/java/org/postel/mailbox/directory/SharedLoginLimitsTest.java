package org.postel.mailbox.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.directory.Authentication.Outcome;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.FailureLimitSettings;

/** SAFETY row 20: who is refused by one instance gains one try with each other at most. */
@ExtendWith(SharedCassandra.class)
class SharedLoginLimitsTest {

    private static final int BURST = 6;
    private static final FailureLimitSettings LIMIT = new FailureLimitSettings(BURST, Duration.ofMinutes(10));
    private static final FailureLimitSettings NONE = new FailureLimitSettings(1000, Duration.ofMinutes(10));

    private final String account = UUID.randomUUID() + "@example.test";
    private final AtomicLong nanos = new AtomicLong(1);
    private FailureLog log;

    @BeforeEach
    void open(CassandraSession session) {
        log = new CassandraFailureLog(new Cql(session));
    }

    private LoginLimits instance(FailureLimitSettings byAccount, FailureLimitSettings byClient) {
        return new LoginLimits(new FailureLimit(byAccount, nanos::get), new FailureLimit(byClient, nanos::get), log);
    }

    private boolean guess(LoginLimits instance, String client) {
        Outcome outcome = instance.within(Optional.of(account), client, Outcome.Wrong::new);
        return outcome instanceof Outcome.Wrong;
    }

    @Test
    void guessesAtOneAccountFromManyAddressesAreCountedTogether() {
        List<LoginLimits> instances = Stream.generate(() -> instance(LIMIT, NONE)).limit(3).toList();
        int guesses = 0;
        for (int i = 0; i < 60; i++) {
            guesses += guess(instances.get(i % 3), "192.0.2." + i) ? 1 : 0;
        }
        assertTrue(guesses >= BURST && guesses < BURST + 3, "guesses: " + guesses);
    }

    @Test
    void guessesOfOneClientAreCountedTogether() {
        List<LoginLimits> instances = Stream.generate(() -> instance(NONE, LIMIT)).limit(3).toList();
        // Of this test alone.
        String client = "2001:db8::" + Integer.toHexString(account.hashCode() >>> 16) + ":0:0:0:1";
        int guesses = 0;
        for (int i = 0; i < 60; i++) {
            guesses += guess(instances.get(i / 20), client) ? 1 : 0;
        }
        assertTrue(guesses >= BURST && guesses < BURST + 3, "guesses: " + guesses);
    }

    @Test
    void timeGivesTriesBack() {
        LoginLimits one = instance(LIMIT, NONE);
        for (int i = 0; i < BURST; i++) {
            assertTrue(guess(one, "192.0.2.1"));
        }
        assertInstanceOf(Outcome.Limited.class, one.within(Optional.of(account), "192.0.2.1", Outcome.Wrong::new));
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        assertTrue(guess(one, "192.0.2.1"));
    }

    @Test
    void aDatabaseThatIsAwayLocksNobodyOut() {
        LoginLimits alone = new LoginLimits(new FailureLimit(LIMIT, nanos::get), new FailureLimit(NONE, nanos::get), (scope, memory) -> List.of());
        int guesses = 0;
        for (int i = 0; i < 20; i++) {
            guesses += guess(alone, "192.0.2.1") ? 1 : 0;
        }
        assertEquals(BURST, guesses);
    }
}
