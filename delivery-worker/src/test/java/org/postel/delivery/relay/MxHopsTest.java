package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postel.delivery.relay.MailExchangers.Address;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.relay.MailExchangers.Exchanger;
import org.postel.delivery.smtp.Authorities;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.delivery.smtp.Tlsa;

/** RFC 5321 §5.1 and RFC 7505. */
class MxHopsTest {

    private final NamedInDns dns = new NamedInDns();

    @Test
    void lowestPreferenceComesFirstWithAllItsAddresses() throws Exception {
        mx(new Exchanger(20, "b.example.org"), new Exchanger(10, "a.example.org"));
        host("a.example.org", "192.0.2.1", "2001:db8::1");
        host("b.example.org", "192.0.2.2");
        assertEquals(List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1", "192.0.2.2"), found("example.org"));
    }

    @Test
    void equalPreferencesAreShuffled() throws Exception {
        mx(new Exchanger(10, "a.example.org"), new Exchanger(10, "b.example.org"));
        host("a.example.org", "192.0.2.1");
        host("b.example.org", "192.0.2.2");
        Set<List<String>> orders = new HashSet<>();
        MxHops hops = hops(1);
        for (int i = 0; i < 50; i++) {
            orders.add(addressesOf(hops.of("example.org", TlsNeed.USUAL)));
        }
        assertEquals(2, orders.size());
    }

    @Test
    void domainWithoutMxIsItsOwnServer() throws Exception {
        host("example.org", "192.0.2.9");
        assertEquals(List.of("192.0.2.9"), found("example.org"));
    }

    @Test
    void nullMxIsForGood() throws Exception {
        mx(new Exchanger(0, ""));
        assertEquals("5.1.10", status("example.org"));
    }

    @Test
    void noSuchDomainIsForGood() throws Exception {
        dns.exchangers.put("example.org", new Answer.NoName<>());
        assertEquals("5.1.2", status("example.org"));
    }

    @Test
    void silentDnsIsForNow() throws Exception {
        dns.exchangers.put("example.org", new Answer.Unknown<>("SERVFAIL"));
        assertEquals("4.4.3", status("example.org"));
    }

    @Test
    void exchangerWhoseAddressIsUnknownForNowIsForNow() throws Exception {
        mx(new Exchanger(10, "a.example.org"));
        dns.addresses.put("a.example.org", new Answer.Unknown<>("time-out"));
        assertEquals("4.4.3", status("example.org"));
    }

    /** The first may well take the mail in a minute. */
    @Test
    void whatIsForNowDecidesOverWhatIsForGood() throws Exception {
        mx(new Exchanger(10, "a.example.org"), new Exchanger(20, "other-name.example.org"));
        dns.addresses.put("a.example.org", new Answer.Unknown<>("time-out"));
        host("other-name.example.org", "192.0.2.100");
        assertEquals("4.4.3", status("example.org"));
    }

    @Test
    void exchangersWithoutAddressAreForGood() throws Exception {
        mx(new Exchanger(10, "a.example.org"));
        assertEquals("5.4.4", status("example.org"));
    }

    @Test
    void weAndAllThatAreNoBetterAreCut() throws Exception {
        mx(new Exchanger(10, "a.example.org"), new Exchanger(20, "mx.example.test"), new Exchanger(20, "b.example.org"),
                new Exchanger(30, "c.example.org"));
        host("a.example.org", "192.0.2.1");
        host("mx.example.test", "192.0.2.100");
        host("b.example.org", "192.0.2.2");
        host("c.example.org", "192.0.2.3");
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(List.of("192.0.2.1"), addressesOf(hops(seed).of("example.org", TlsNeed.USUAL)));
        }
    }

    @Test
    void domainThatPointsToUsIsALoop() throws Exception {
        mx(new Exchanger(10, "other-name.example.org"));
        host("other-name.example.org", "192.0.2.100");
        assertEquals("5.4.6", status("example.org"));
    }

    @Test
    void domainThatPointsToOurLoopbackIsALoop() throws Exception {
        host("example.org", "127.0.0.1");
        assertEquals("5.4.6", status("example.org"));
        assertEquals("5.4.6", status("[127.0.0.1]"));
    }

    @Test
    void addressLiteralIsTakenAsItIs() throws Exception {
        assertEquals(List.of("192.0.2.7"), found("[192.0.2.7]"));
        assertEquals(List.of("2001:db8:0:0:0:0:0:7"), found("[ipv6:2001:db8::7]"));
    }

    /** RFC 7672 §2.2.2. */
    @Test
    void whatAServerIsAnAliasOfIsAskedForItsCertificates() throws Exception {
        Tlsa certificate = new Tlsa(3, 1, 1, "ab".repeat(32));
        dns.exchangers.put("example.org", new Answer.Records<>(List.of(new Exchanger(10, "mx.example.org")), true));
        dns.addresses.put("mx.example.org", new Answer.Records<>(List.of(new Address("real.example.net", InetAddress.ofLiteral("192.0.2.1"))), true));
        dns.certificates.put("real.example.net", new Answer.Records<>(List.of(certificate), true));
        ConnectionSecurity security = new ConnectionSecurity(TlsDefault.OPPORTUNISTIC, dns, domain -> StsPolicy.NONE, Authorities.ofJava());
        MxHops hops = new MxHops(dns, new Ourselves(Set.of(), Set.of(), true), security, 25, new Random(1));
        Hop hop = assertInstanceOf(NextHops.Found.Servers.class, hops.of("example.org", TlsNeed.USUAL)).hops().getFirst();
        assertEquals("mx.example.org", hop.name());
        assertEquals(new TlsPolicy.Dane("real.example.net", Set.of(certificate), Set.of("real.example.net", "mx.example.org", "example.org")), hop.tls());
    }

    private MxHops hops(long seed) throws Exception {
        Ourselves ourselves = new Ourselves(Set.of("MX.example.test"), Set.of(InetAddress.ofLiteral("192.0.2.100")), true);
        return new MxHops(dns, ourselves, AsUsual.SECURITY, 25, new Random(seed));
    }

    private List<String> found(String domain) throws Exception {
        return addressesOf(hops(1).of(domain, TlsNeed.USUAL));
    }

    private static List<String> addressesOf(NextHops.Found found) {
        return assertInstanceOf(NextHops.Found.Servers.class, found).hops().stream()
                .map(hop -> hop.address().getAddress().getHostAddress()).toList();
    }

    private String status(String domain) throws Exception {
        return assertInstanceOf(NextHops.Found.None.class, hops(1).of(domain, TlsNeed.USUAL)).failure().getStatus();
    }

    private void mx(Exchanger... records) {
        dns.exchangers.put("example.org", new Answer.Records<>(List.of(records), false));
    }

    private void host(String name, String... literals) {
        dns.addresses.put(name, new Answer.Records<>(Arrays.stream(literals).map(literal -> new Address(name, InetAddress.ofLiteral(literal))).toList(), false));
    }
}
