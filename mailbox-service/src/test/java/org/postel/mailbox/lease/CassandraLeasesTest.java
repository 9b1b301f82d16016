package org.postel.mailbox.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraLeasesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final String name = "test/" + UUID.randomUUID();
    private Leases leases;

    @BeforeEach
    void open(CassandraSession session) {
        leases = new CassandraLeases(new Cql(session));
    }

    // SAFETY row 38
    @Test
    void oneOfTwoHoldersGetsIt() {
        assertEquals(1, leases.acquire(name, "one", LONG).orElseThrow().fencingToken());
        assertEquals(Optional.empty(), leases.acquire(name, "two", LONG));
    }

    @Test
    void theSameHolderMayAskAgainAndKeepsItsToken() {
        leases.acquire(name, "one", LONG);
        assertEquals(1, leases.acquire(name, "one", LONG).orElseThrow().fencingToken());
    }

    @Test
    void theTokenRisesWithEachHolder() {
        for (long expected = 1; expected <= 5; expected++) {
            Lease lease = leases.acquire(name, "holder" + expected, LONG).orElseThrow();
            assertEquals(expected, lease.fencingToken());
            leases.release(lease);
        }
    }

    @Test
    void whatIsHeldOnAGroundThatIsOverIsTaken() throws Exception {
        Lease first = leases.acquire(name, "one", "password 1", LONG, ground -> false).orElseThrow();
        leases.renew(first);
        assertEquals(Optional.empty(), leases.acquire(name, "two", "password 2", LONG, "password 7"::equals));
        Lease second = leases.acquire(name, "two", "password 2", LONG, "password 1"::equals).orElseThrow();
        assertEquals(2, second.fencingToken());
        assertThrows(LeaseLostException.class, () -> leases.renew(first));
        leases.release(first);
        leases.renew(second);
        leases.release(second);
        leases.acquire(name, "three", LONG).orElseThrow();
        assertEquals(Optional.empty(), leases.acquire(name, "four", "password 3", LONG, ground -> true));
    }

    @Test
    void itEndsByItselfAndTheLoserDidNotProlongIt() throws Exception {
        Lease first = leases.acquire(name, "one", Duration.ofSeconds(2)).orElseThrow();
        long started = System.nanoTime();
        Optional<Lease> second = Optional.empty();
        while (second.isEmpty()) {
            second = leases.acquire(name, "two", LONG);
        }
        assertTrue(System.nanoTime() - started < Duration.ofSeconds(10).toNanos());
        assertEquals(2, second.orElseThrow().fencingToken());
        assertThrows(LeaseLostException.class, () -> leases.renew(first));
        leases.release(first);
        leases.renew(second.orElseThrow());
    }

    @Test
    void renewalKeepsIt() throws Exception {
        Duration ttl = Duration.ofSeconds(2);
        Lease lease = leases.acquire(name, "one", ttl).orElseThrow();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (System.nanoTime() < end) {
            long renewed = System.nanoTime();
            leases.renew(lease);
            Optional<Lease> other = leases.acquire(name, "two", LONG);
            // A machine that stood still for as long as the lease says nothing.
            assertTrue(other.isEmpty() || System.nanoTime() - renewed > ttl.toNanos(), other::toString);
            if (other.isPresent()) {
                leases.release(other.get());
                lease = leases.acquire(name, "one", ttl).orElseThrow();
            }
        }
    }

    @Test
    void ofManyAtOnceOneGetsIt() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Lease>>> tries = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String holder = "holder" + i;
                tries.add(threads.submit(() -> leases.acquire(name, holder, LONG)));
            }
            int winners = 0;
            for (Future<Optional<Lease>> each : tries) {
                winners += each.get().isPresent() ? 1 : 0;
            }
            assertEquals(1, winners);
        }
    }
}
