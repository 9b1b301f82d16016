package org.postel.trust.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.trust.dns.FakeDns;
import org.postel.trust.dns.LimitedDns;

class SpfTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");

    @ParameterizedTest
    @MethodSource("published")
    void thePublishedSuitePasses(PublishedSuite.Case test) {
        SpfResult result = new Spf().check(test.query(), test.dns());
        assertTrue(test.results().contains(result.toString()), result + ", not " + test.results());
    }

    static Stream<PublishedSuite.Case> published() {
        return PublishedSuite.cases();
    }

    @Test
    void theSuiteIsThere() {
        assertEquals(203, PublishedSuite.cases().count());
    }

    // SAFETY row 30: ten terms with ten exchangers each is the most that a record can ask for.
    @Test
    void aRecordThatAsksWithoutEndIsAnError() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 include:b.test include:b.test -all")
            .with("b.test", "TXT", "v=spf1 include:a.test include:a.test -all");
        assertEquals(SpfResult.PERMERROR, new Spf().check(SpfQuery.ofSender(CLIENT, "x.test", "u", "a.test"), dns));
        assertEquals(11, dns.asked());
    }

    @Test
    void exchangersWithoutAnyAddressAreVoid() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 mx mx mx -all").with("a.test", "MX", "m.test");
        assertEquals(SpfResult.PERMERROR, new Spf().check(SpfQuery.ofSender(CLIENT, "x.test", "u", "a.test"), dns));
    }

    @Test
    void anExchangerOfTheOtherFamilyIsNotVoid() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 mx mx mx mx -all").with("a.test", "MX", "six.test").with("a.test", "MX", "four.test")
            .with("six.test", "AAAA", "2001:db8::1").with("four.test", "A", "192.0.2.9");
        assertEquals(SpfResult.FAIL, new Spf().check(SpfQuery.ofSender(CLIENT, "x.test", "u", "a.test"), dns));
    }

    @Test
    void withoutTimeTheResultIsTemporary() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 a -all").with("a.test", "A", "192.0.2.1");
        SpfQuery query = SpfQuery.ofSender(CLIENT, "x.test", "u", "a.test");
        assertEquals(SpfResult.PASS, new Spf().check(query, new LimitedDns(dns, Duration.ofMinutes(1), 2)));
        assertEquals(SpfResult.TEMPERROR, new Spf().check(query, new LimitedDns(dns, Duration.ofMinutes(1), 1)));
        assertEquals(SpfResult.TEMPERROR, new Spf().check(query, new LimitedDns(dns, Duration.ofMillis(-1), 9)));
    }

    @Test
    void aMappedAddressIsAnIpv4Client() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 ip4:192.0.2.1 -all");
        assertEquals(SpfResult.PASS, new Spf().check(SpfQuery.ofSender(InetAddress.ofLiteral("::ffff:192.0.2.1"), "x.test", "u", "a.test"), dns));
    }

    // RFC 7208 §4.6.4: names after the tenth are not looked at.
    @Test
    void anAddressWithManyNamesHasTen() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 ptr -all").with("h11.a.test", "A", "192.0.2.1");
        for (int i = 1; i <= 11; i++) {
            dns.with("1.2.0.192.in-addr.arpa", "PTR", "h" + i + ".a.test");
        }
        assertEquals(SpfResult.FAIL, new Spf().check(SpfQuery.ofSender(CLIENT, "x.test", "u", "a.test"), dns));
        assertEquals(12, dns.asked());
    }

    @Test
    void anAddressWithoutNamesIsVoid() {
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 a:x.test ptr exists:y.test -all");
        assertEquals(SpfResult.PERMERROR, new Spf().check(SpfQuery.ofSender(CLIENT, "x.test", "u", "a.test"), dns));
    }

    // RFC 7208 §7.3
    @Test
    void aNameTooLongLosesLabelsOnTheLeft() {
        String longest = "y".repeat(63) + "." + "x".repeat(60) + "." + "x".repeat(60) + "." + "x".repeat(60);
        FakeDns dns = new FakeDns().with("a.test", "TXT", "v=spf1 exists:%{l}.a.test -all").with(longest + ".a.test", "A", "127.0.0.2");
        assertEquals(SpfResult.PASS, new Spf().check(SpfQuery.ofSender(CLIENT, "x.test", "z." + longest, "a.test"), dns));
    }

    /** Linear, or this takes minutes: a stranger's record of 64 KiB. */
    @Test
    @Timeout(5)
    void aLongDomainIsLookedAtOnce() {
        assertThrows(SpfFaultException.class, () -> MacroString.domain("x." + "a".repeat(60_000) + "!"));
        assertThrows(SpfFaultException.class, () -> SpfRecord.parse("v=spf1 " + "a ".repeat(5000)));
    }

    /** The JDK makes an IPv4 address of it. */
    @Test
    void aNetworkOfMappedAddressesHasNobodyInIt() throws Exception {
        Network mapped = new Network(Network.ip6("::ffff:192.0.2.1"), 128);
        assertFalse(mapped.contains(InetAddress.ofLiteral("192.0.2.1")));
        assertFalse(mapped.contains(InetAddress.ofLiteral("2001:db8::1")));
    }
}
