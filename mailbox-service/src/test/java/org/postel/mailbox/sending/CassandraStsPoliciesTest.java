package org.postel.mailbox.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

/** RFC 8461 §3.2, §3.3 and §10.2. */
@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraStsPoliciesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final String TEXT = "version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 604800\n";

    private final String domain = UUID.randomUUID() + ".example.org";
    private Cql cql;
    private CassandraStsPolicies policies;

    @BeforeEach
    void open(CassandraSession session) {
        cql = new Cql(session);
        policies = at(NOW);
    }

    @Test
    void aPolicyIsKeptAsItCameUntilAnotherTakesItsPlace() {
        assertEquals(Optional.empty(), policies.of(domain));
        assertTrue(policies.keep(policy("1", NOW, WEEK)));
        assertEquals(Optional.of(policy("1", NOW, WEEK)), policies.of(domain.toUpperCase(Locale.ROOT)));
        StsPolicy next = policy("2", NOW.plusSeconds(1), Duration.ofDays(1));
        assertTrue(policies.keep(next));
        assertEquals(Optional.of(next), policies.of(domain));
        assertEquals(Optional.empty(), policies.of("other." + domain));
        assertEquals(Optional.empty(), policies.of("no domain"));
    }

    @Test
    void aPolicyEndsWithItsAge() {
        policies.keep(policy("1", NOW, WEEK));
        assertTrue(at(NOW.plus(WEEK).minusMillis(1)).of(domain).isPresent());
        assertEquals(Optional.empty(), at(NOW.plus(WEEK)).of(domain));
        assertEquals((int) WEEK.toSeconds(), cql.read("SELECT ttl(policy) AS left FROM sts_policy WHERE bucket = ? AND domain = ?",
                (byte) Math.floorMod(domain.hashCode(), 128), domain).one().getInt("left"), 60, "its row goes by itself");
        assertFalse(at(NOW.plus(WEEK)).keep(policy("1", NOW, WEEK)));
    }

    /** RFC 8461 §3.2: so a domain takes back what it stood to. */
    @Test
    void aPolicyThatEndsAtOnceEndsTheOneBefore() {
        policies.keep(policy("1", NOW, WEEK));
        assertFalse(policies.keep(policy("2", NOW, Duration.ZERO)));
        assertEquals(Optional.empty(), policies.of(domain));
    }

    /** A part of the domains is full with one of them here: another one is refused, and nothing that is there forgotten. */
    @Test
    void whereThereIsNoRoomNothingIsForgotten() {
        CassandraStsPolicies narrow = new CassandraStsPolicies(cql, 1, Clock.fixed(NOW, ZoneOffset.UTC));
        String neighbour = neighbour();
        policies.keep(policy("1", NOW, WEEK));
        assertFalse(narrow.keep(new StsPolicy(neighbour, "1", TEXT, NOW, NOW.plus(WEEK))));
        assertEquals(Optional.empty(), narrow.of(neighbour));
        assertTrue(narrow.keep(policy("2", NOW, WEEK)), "it is there already");
        assertEquals("2", narrow.of(domain).orElseThrow().id());
    }

    @Test
    void whatIsBeyondALimitIsNoPolicy() {
        Instant year = NOW.plusSeconds(31_557_600);
        assertEquals(year, new StsPolicy(domain, "1", "x".repeat(64 * 1024), NOW, year).ends());
        assertThrows(IllegalArgumentException.class, () -> new StsPolicy(domain, "1", TEXT, NOW, year.plusMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> new StsPolicy(domain, "1", TEXT, NOW, NOW.minusMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> new StsPolicy(domain, "1", "x".repeat(64 * 1024 + 1), NOW, year));
        assertThrows(IllegalArgumentException.class, () -> new StsPolicy(domain, "1", "é".repeat(32 * 1024 + 1), NOW, year));
        assertThrows(IllegalArgumentException.class, () -> new StsPolicy(domain, "i".repeat(33), TEXT, NOW, year));
        assertThrows(IllegalArgumentException.class, () -> new StsPolicy("no domain", "1", TEXT, NOW, year));
        assertThrows(IllegalArgumentException.class, () -> new CassandraStsPolicies(cql, 0, Clock.systemUTC()));
    }

    /** Another domain of the same part. */
    private String neighbour() {
        String name = "x" + domain;
        while (Math.floorMod(name.hashCode(), 128) != Math.floorMod(domain.hashCode(), 128)) {
            name = "x" + UUID.randomUUID() + ".example.org";
        }
        return name;
    }

    private StsPolicy policy(String id, Instant fetched, Duration age) {
        return new StsPolicy(domain, id, TEXT, fetched, fetched.plus(age));
    }

    private CassandraStsPolicies at(Instant now) {
        return new CassandraStsPolicies(cql, 100_000, Clock.fixed(now, ZoneOffset.UTC));
    }
}
