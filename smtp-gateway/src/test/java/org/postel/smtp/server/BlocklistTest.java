package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.filter.Blocklist;
import org.postel.smtp.filter.Blocklists;
import org.postel.trust.dns.DnsResolver;
import org.postel.trust.dns.LocalDns;
import org.postel.wire.LineClient;

/** RFC 5782, over real sockets: SMTP behind a proxy, so that clients have addresses, and DNS. */
class BlocklistTest {

    private static final String BAD = "192.0.2.99";
    private final LocalDns dns = new LocalDns().with("99.2.0.192.bad.test", "A", 60, "127.0.0.2").with("99.2.0.192.worse.test", "A", 60, "127.0.0.10")
        .with("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bad.test", "A", 60, "127.0.0.2")
        .with("99.2.0.192.good.test", "A", 60, "127.0.0.3");

    BlocklistTest() throws IOException {
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private TestGateway gateway(String zones, String... more) throws IOException {
        Map<String, String> filter = new java.util.HashMap<>(Map.of("dnsbl.zones", zones, "dnsbl.time-limit", "2s"));
        for (int i = 0; i < more.length; i += 2) {
            filter.put(more[i], more[i + 1]);
        }
        return new TestGateway(Map.of("proxy.trusted", "127.0.0.1", "proxy.mx-port", "0", "lmtp.port", "0", "lmtp.trusted", "127.0.0.1"),
            Map.of("enabled", "false", "dns-timeout", "1s", "dns-servers", "127.0.0.1:" + dns.address().getPort()), filter);
    }

    private static LineClient from(TestGateway gateway, String address) throws IOException {
        LineClient client = LineClient.connect(gateway.ports.bound().get(3));
        client.sendRaw("PROXY TCP" + (address.contains(":") ? "6 " + address + " ::1" : "4 " + address + " 127.0.0.1") + " 1000 25\r\n").expect("220");
        TestGateway.ehlo(client).send("MAIL FROM:<carol@example.org>").expect("250");
        return client;
    }

    @ParameterizedTest
    @CsvSource({"bad.test,1,550", "bad.test,2,250", "'bad.test,worse.test=2',3,550", "'bad.test,worse.test=2',4,250", "'bad.test=3,good.test=-3',1,250",
        "empty.test,1,250"})
    void whoIsListedWithEnoughWeightIsRefused(String zones, String rejectAt, String answer) throws IOException {
        try (TestGateway gateway = gateway(zones, "dnsbl.reject-at", rejectAt); LineClient client = from(gateway, BAD)) {
            client.send("RCPT TO:<alice@example.test>").expect(answer);
        }
    }

    @Test
    void theReplyNamesAddressAndList() throws IOException {
        try (TestGateway gateway = gateway("bad.test", "dnsbl.reject-at", "1"); LineClient client = from(gateway, BAD); LineClient wide = from(gateway, "2001:db8::7")) {
            assertEquals("550 5.7.1 Your address 192.0.2.99 is listed by bad.test", client.send("RCPT TO:<alice@example.test>").readLine());
            wide.send("RCPT TO:<alice@example.test>").expect("550 5.7.1 Your address 2001:db8:0:0:0:0:0:7 is listed by bad.test");
            // Who is there is not told to it either.
            client.send("RCPT TO:<nobody@example.test>").expect("550 5.7.1");
            client.send("RCPT TO:<postmaster@example.test>").expect("250");
        }
    }

    @Test
    void othersAndSparedOnesAreTaken() throws IOException {
        try (TestGateway gateway = gateway("bad.test", "dnsbl.reject-at", "1", "spared", "192.0.2.99/32"); LineClient client = from(gateway, BAD);
             LineClient other = from(gateway, "192.0.2.98"); LineClient local = TestGateway.ehlo(gateway.mx())) {
            client.send("RCPT TO:<alice@example.test>").expect("250");
            other.send("RCPT TO:<alice@example.test>").expect("250");
            local.send("MAIL FROM:<>").expect("250");
            local.send("RCPT TO:<alice@example.test>").expect("250");
        }
    }

    @ParameterizedTest
    @CsvSource({"2,false", "1,true"})
    void whatIsNotRefusedIsMarked(String junkAt, boolean junk) throws IOException {
        try (TestGateway gateway = gateway("bad.test,other.test", "dnsbl.junk-at", junkAt); LineClient client = from(gateway, BAD)) {
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("DATA").expect("354");
            client.send("A: b\r\n\r\n.").expect("250");
            AcceptedMessage message = gateway.queue.messages().getFirst();
            assertEquals("X-Blocklisted: 192.0.2.99 by\r\n\tbad.test\r\n", message.assessment().fields());
            assertEquals(junk, message.assessment().junk());
        }
    }

    // A list that is given up, or whose domain somebody else has bought, lists the whole world: RFC 5782 §5.
    @Test
    void aListOfEverybodyIsNotBelieved() throws IOException {
        dns.with("99.2.0.192.gone.test", "A", 60, "127.0.0.2").with("1.0.0.127.gone.test", "A", 60, "127.0.0.2");
        assertEquals(List.of("bad.test"), lists("gone.test", "bad.test").of(InetAddress.ofLiteral(BAD)).zones());
    }

    // What resolvers invent for names that are not there, and what large lists say to whom they do not serve.
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "127.255.255.254"})
    void anotherAnswerListsNobody(String answer) throws IOException {
        dns.with("99.2.0.192.odd.test", "A", 60, answer);
        assertEquals(List.of(), lists("odd.test").of(InetAddress.ofLiteral(BAD)).zones());
    }

    @Test
    void aSilentListLetsMailIn() throws IOException {
        dns.silent("99.2.0.192.silent.test");
        Blocklists lists = lists("silent.test", "bad.test");
        long begun = System.nanoTime();
        assertEquals(List.of("bad.test"), lists.of(InetAddress.ofLiteral(BAD)).zones());
        assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 5);
        int asked = dns.asked();
        assertEquals(List.of("bad.test"), lists.of(InetAddress.ofLiteral(BAD)).zones(), "remembered");
        assertEquals(asked, dns.asked());
    }

    private Blocklists lists(String... zones) throws IOException {
        return new Blocklists(java.util.Arrays.stream(zones).map(Blocklist::parse).toList(), new DnsResolver(List.of(dns.address()), Duration.ofSeconds(5), 100),
            Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zen", "a b.test", "bad.test=x", "bad.test=99999", ""})
    void nonsenseIsRefused(String zone) {
        assertThrows(IllegalArgumentException.class, () -> Blocklist.parse(zone));
    }
}
