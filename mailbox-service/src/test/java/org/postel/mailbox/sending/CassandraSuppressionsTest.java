package org.postel.mailbox.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.sending.Suppressions.Suppressed;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class CassandraSuppressionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final String domain = UUID.randomUUID() + ".example.org";
    private Cql cql;
    private CassandraSuppressions suppressions;

    @BeforeEach
    void open(CassandraSession session) {
        cql = new Cql(session);
        suppressions = lasting(Duration.ofDays(30));
    }

    @Test
    void anAddressIsKnownHoweverItIsWrittenUntilItIsRemoved() {
        suppressions.add("Nobody@" + domain, "550 " + "x".repeat(1000));
        Suppressed known = new Suppressed("nobody@" + domain, "550 " + "x".repeat(496), NOW);
        assertEquals(Optional.of(known), suppressions.of("nobody@" + domain.toUpperCase()));
        assertEquals(Optional.empty(), suppressions.of("bob@" + domain));
        assertEquals(Optional.empty(), suppressions.of("no address"));
        assertTrue(suppressions.remove("NOBODY@" + domain));
        assertFalse(suppressions.remove("nobody@" + domain));
        assertEquals(Optional.empty(), suppressions.of("nobody@" + domain));
    }

    @Test
    void allAreListedInPartsOnceEach() {
        List<String> added = IntStream.range(0, 50).mapToObj(i -> "user" + i + "@" + domain).toList();
        added.forEach(address -> suppressions.add(address, "550 no"));
        List<String> listed = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (List<Suppressed> part = suppressions.list(after, 7); !part.isEmpty(); part = suppressions.list(after, 7)) {
            part.stream().map(Suppressed::address).filter(address -> address.endsWith(domain)).forEach(listed::add);
            after = Optional.of(part.getLast().address());
        }
        assertEquals(50, listed.size());
        assertEquals(new TreeSet<>(added), new TreeSet<>(listed));
    }

    @Test
    void forNoTimeNobodyIs() {
        suppressions.add("nobody@" + domain, "550 no");
        assertEquals(Optional.empty(), lasting(Duration.ZERO).of("nobody@" + domain));
        lasting(Duration.ZERO).add("other@" + domain, "550 no");
        assertEquals(Optional.empty(), suppressions.of("other@" + domain));
    }

    private CassandraSuppressions lasting(Duration lifetime) {
        return new CassandraSuppressions(cql, lifetime, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
