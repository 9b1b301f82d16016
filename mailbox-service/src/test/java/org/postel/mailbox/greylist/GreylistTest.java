package org.postel.mailbox.greylist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

@ExtendWith(SharedCassandra.class)
@Timeout(120)
class GreylistTest {

    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final Encounter.Terms TERMS = new Encounter.Terms(DELAY, Duration.ofDays(1), Duration.ofDays(36), 2);

    private final String network = UUID.randomUUID() + "/24";
    private Instant now = Instant.parse("2026-03-04T05:06:07Z");
    private Cql cql;
    private Greylist here;
    private Greylist elsewhere;

    @BeforeEach
    void open(CassandraSession session) {
        cql = new Cql(session);
        here = new Greylist(cql, new Moving());
        elsewhere = new Greylist(cql, new Moving());
    }

    /** A clock that the test moves. */
    private final class Moving extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Encounter mail(String from, String... to) {
        return new Encounter(network, from, Arrays.asList(to), TERMS);
    }

    @Test
    void whoComesAgainAfterTheDelayMayComeInWhereverItWasMet() {
        assertEquals(DELAY, here.meet(mail("a@example.org", "alice@example.test")));
        now = now.plus(DELAY).minusSeconds(10);
        assertEquals(Duration.ofSeconds(10), elsewhere.meet(mail("a@example.org", "alice@example.test")), "too early costs nothing more");
        now = now.plusSeconds(10);
        assertEquals(Duration.ZERO, elsewhere.meet(mail("A@Example.org", "Alice@example.test")));
        assertEquals(Duration.ZERO, here.meet(mail("a@example.org", "alice@example.test")));
    }

    @Test
    void eachPartOfTheTripletCounts() {
        here.meet(mail("a@example.org", "alice@example.test"));
        now = now.plus(DELAY);
        assertEquals(DELAY, here.meet(mail("b@example.org", "alice@example.test")));
        assertEquals(DELAY, here.meet(mail("a@example.org", "bob@example.test")));
        assertEquals(DELAY, here.meet(new Encounter("other" + network, "a@example.org", List.of("alice@example.test"), TERMS)));
        assertEquals(DELAY, here.meet(mail("", "alice@example.test")));
        // Nor does it help to shift the bounds between the parts.
        assertEquals(DELAY, here.meet(mail("a@example.orgalice@", "example.test")));
    }

    @Test
    void aMailToSeveralWaitsForTheNewestOfThem() {
        here.meet(mail("a@example.org", "alice@example.test"));
        now = now.plus(DELAY);
        assertEquals(DELAY, here.meet(mail("a@example.org", "alice@example.test", "bob@example.test")));
        now = now.plus(DELAY);
        assertEquals(Duration.ZERO, here.meet(mail("a@example.org", "bob@example.test", "alice@example.test")));
    }

    @Test
    void aNetworkThatPassedOftenEnoughIsAskedNoMore() {
        for (String from : List.of("a@example.org", "b@example.org")) {
            assertEquals(DELAY, here.meet(mail(from, "alice@example.test")));
            now = now.plus(DELAY);
            assertEquals(Duration.ZERO, here.meet(mail(from, "alice@example.test")));
            assertEquals(Duration.ZERO, here.meet(mail(from, "alice@example.test")), "the same again is no more");
        }
        assertEquals(Duration.ZERO, elsewhere.meet(mail("c@example.org", "bob@example.test")));
        Encounter.Terms never = new Encounter.Terms(DELAY, Duration.ofDays(1), Duration.ofDays(36), 0);
        assertEquals(DELAY, here.meet(new Encounter(network, "d@example.org", List.of("bob@example.test"), never)));
    }

    @Test
    void nothingIsKeptForEver() {
        here.meet(mail("a@example.org", "alice@example.test"));
        now = now.plus(DELAY);
        here.meet(mail("a@example.org", "alice@example.test"));
        int passed = cql.read("SELECT TTL(first_met) AS left FROM greylist_triplet").all().stream().mapToInt(row -> row.getInt("left")).max().orElseThrow();
        assertTrue(passed > Duration.ofDays(35).toSeconds() && passed <= Duration.ofDays(36).toSeconds(), passed + " s");
        assertEquals(0, cql.read("SELECT triplet FROM greylist_triplet").all().stream()
                .filter(row -> row.getByteBuffer("triplet").remaining() != 32).count(), "only digests are stored");
    }

    @Test
    void whoDoesNotComeAgainInTimeIsNew() {
        Encounter.Terms hurried = new Encounter.Terms(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofDays(1), 0);
        Encounter met = new Encounter(network, "", List.of("x@example.test"), hurried);
        Set<ByteBuffer> others = triplets();
        here.meet(met);
        Set<ByteBuffer> mine = triplets();
        mine.removeAll(others);
        assertEquals(1, mine.size());
        while (triplets().containsAll(mine)) {
            Thread.onSpinWait();
        }
        now = now.plus(DELAY);
        assertEquals(Duration.ofMillis(500), here.meet(met));
    }

    private Set<ByteBuffer> triplets() {
        return cql.read("SELECT triplet FROM greylist_triplet").all().stream().map(row -> row.getByteBuffer("triplet")).collect(Collectors.toSet());
    }

    @Test
    void termsThatNobodyCouldKeepAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Encounter.Terms(DELAY, DELAY, Duration.ofDays(1), 0));
        assertThrows(IllegalArgumentException.class, () -> new Encounter.Terms(DELAY, Duration.ofDays(1), Duration.ofHours(1), 0));
        assertThrows(IllegalArgumentException.class, () -> new Encounter.Terms(DELAY, Duration.ofDays(1), Duration.ofDays(4000), 0));
    }
}
