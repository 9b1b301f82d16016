package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** So many messages within any minute. */
class RatesTest {

    private static final String DOMAIN = "example.org";
    private static final String SERVER = "mx.example.org";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    @Test
    void withinAnyMinuteThereAreNoMoreAndThenAsManyAgain() {
        Rates rates = rates(3, Map.of());
        assertEquals(1, begun(rates, 1, DOMAIN, SERVER));
        pass(Duration.ofSeconds(40));
        assertEquals(2, begun(rates, 5, DOMAIN, SERVER));
        pass(Duration.ofSeconds(19));
        assertFalse(rates.begin(DOMAIN, SERVER, false));
        pass(Duration.ofSeconds(1));
        assertEquals(1, begun(rates, 5, DOMAIN, SERVER), "the first was a minute ago, the others were not");
        pass(Duration.ofMinutes(1));
        assertEquals(3, begun(rates, 5, DOMAIN, SERVER));
    }

    @Test
    void theUsualRateIsThatOfAServerForAllItsDomains() {
        Rates rates = rates(2, Map.of());
        assertTrue(rates.begin("a.example.org", SERVER, false));
        assertTrue(rates.begin("b.example.org", "MX.example.org", false));
        assertFalse(rates.begin("c.example.org", SERVER, false));
        assertTrue(rates.begin("c.example.org", "mx2.example.org", false));
    }

    @Test
    void oneOfItsOwnTakesItsPlace() {
        Rates rates = rates(1, Map.of("Big.example.org", 4, "mx.small.example.org", 2));
        assertEquals(4, begun(rates, 9, "big.example.org", SERVER));
        assertEquals(2, begun(rates, 9, DOMAIN, "mx.small.example.org"));
        assertEquals(1, begun(rates, 9, DOMAIN, SERVER));
    }

    @Test
    void ofDomainAndServerBothHoldAndWhatOneRefusesCountsForNeither() {
        Rates rates = rates(0, Map.of(DOMAIN, 1, SERVER, 3));
        assertEquals(1, begun(rates, 9, DOMAIN, SERVER));
        assertEquals(2, begun(rates, 9, "other.example.org", SERVER));
    }

    /** RFC 5321 §5.1: without an MX record the domain is its own server. */
    @Test
    void aDomainThatIsItsOwnServerCountsOnce() {
        assertEquals(2, begun(rates(0, Map.of(DOMAIN, 2)), 9, DOMAIN, DOMAIN));
    }

    /** RFC 5321 §5.1: one server after the other is tried. */
    @Test
    void aMessageCountsOnceForItsDomainAndForEachServerThatItIsTriedAt() {
        Rates rates = rates(5, Map.of(DOMAIN, 1, "mx2.example.org", 1));
        assertTrue(rates.begin(DOMAIN, SERVER, false));
        assertTrue(rates.begin(DOMAIN, "mx2.example.org", true));
        assertFalse(rates.begin(DOMAIN, "mx2.example.org", true), "that one has had its message");
        assertEquals(9, IntStream.range(0, 9).filter(i -> rates.begin(DOMAIN, SERVER, true)).count(), "the usual rate is not that of a domain with its own");
        assertFalse(rates.begin(DOMAIN, SERVER, false));
    }

    @Test
    void withoutARateAsManyAsCome() {
        assertEquals(20_000, begun(Rates.unlimited(), 20_000, DOMAIN, SERVER));
    }

    private Rates rates(int usual, Map<String, Integer> own) {
        return new Rates(usual, own, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static long begun(Rates rates, int tries, String domain, String server) {
        return IntStream.range(0, tries).filter(i -> rates.begin(domain, server, false)).count();
    }
}
