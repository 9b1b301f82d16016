package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.trust.dns.LocalDns;
import org.postel.wire.LineClient;

/** RFC 6647, over real sockets: SMTP behind a proxy, so that clients have addresses, and DNS. */
class GreylistingTest {

    private static final String LATER = "451 4.7.1 Greylisted: please come again in 300 seconds";
    private final LocalDns dns = new LocalDns().withText("vouched.test", "v=spf1 ip4:192.0.2.0/24 -all");

    GreylistingTest() throws IOException {
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private TestGateway gateway(String... filter) throws IOException {
        Map<String, String> set = new HashMap<>(Map.of("greylist.enabled", "true"));
        for (int i = 0; i < filter.length; i += 2) {
            set.put(filter[i], filter[i + 1]);
        }
        return new TestGateway(Map.of("proxy.trusted", "127.0.0.1", "proxy.mx-port", "0", "proxy.submissions-port", "0", "lmtp.port", "0",
            "lmtp.trusted", "127.0.0.1"), Map.of("dmarc", "none", "dns-timeout", "1s", "dns-servers", "127.0.0.1:" + dns.address().getPort()), set);
    }

    private static String send(TestGateway gateway, String address, String from) throws IOException {
        try (LineClient client = LineClient.connect(gateway.ports.bound().get(3))) {
            client.sendRaw("PROXY TCP" + (address.contains(":") ? "6 " + address + " ::1" : "4 " + address + " 127.0.0.1") + " 1000 25\r\n").expect("220");
            return mail(TestGateway.ehlo(client), from);
        }
    }

    private static String mail(LineClient client, String from) throws IOException {
        client.send("MAIL FROM:<" + from + ">").expect("250");
        client.send("RCPT TO:<alice@example.test>").expect("250");
        client.send("DATA").expect("354");
        return client.send("From: alice@example.test\r\n\r\nb\r\n.").readLine();
    }

    @Test
    void aStrangerComesAgainAlsoFromItsNeighbour() throws IOException {
        try (TestGateway gateway = gateway()) {
            assertEquals(LATER, send(gateway, "192.0.2.7", "carol@example.org"));
            assertEquals(0, gateway.queue.messages().size());
            assertEquals("250", send(gateway, "192.0.2.200", "carol@example.org").substring(0, 3));
            assertEquals(LATER, send(gateway, "2001:db8:1:2:3::7", ""));
            assertEquals(Set.of("192.0.2.0/24 carol@example.org [alice@example.test]", "2001:db8:1:2:0:0:0:0/64  [alice@example.test]"), gateway.greylist.met());
        }
    }

    @ParameterizedTest
    @CsvSource({"'SPF,DKIM',250", "SPF,250", "DKIM,451", "'',451"})
    void whoHasAPassOfSpfNeedNotWhereThatIsConfigured(String spare, String answer) throws IOException {
        try (TestGateway gateway = gateway("greylist.spare", spare)) {
            assertEquals(answer, send(gateway, "192.0.2.7", "carol@vouched.test").substring(0, 3));
        }
    }

    @Test
    void neitherLoginsNorSparedOnesNorLmtpNorLoopback() throws IOException {
        try (TestGateway gateway = gateway("spared", "192.0.2.0/24"); LineClient login = LineClient.connect(gateway.ports.bound().get(4));
             LineClient local = TestGateway.ehlo(gateway.mx()); LineClient lmtp = LineClient.connect(gateway.ports.bound().getLast())) {
            assertEquals("250", send(gateway, "192.0.2.7", "carol@example.org").substring(0, 3));
            login.sendRaw("PROXY TCP4 203.0.113.9 127.0.0.1 1000 465\r\n").startTls(gateway.certificate);
            login.expect("220");
            TestGateway.ehlo(login).send("AUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=").expect("235");
            assertEquals("250", mail(login, "alice@example.test").substring(0, 3));
            assertEquals("250", mail(local, "carol@example.org").substring(0, 3));
            lmtp.expect("220");
            lmtp.send("LHLO mta");
            while (lmtp.expect("250").startsWith("250-")) {
                continue;
            }
            assertEquals("250", mail(lmtp, "carol@example.org").substring(0, 3));
            assertEquals(Set.of(), gateway.greylist.met());
        }
    }

    // No false no: what was never asked cannot be answered.
    @Test
    void whenTheStoreIsAwayAllMayComeIn() throws IOException {
        try (TestGateway gateway = gateway()) {
            gateway.greylist.down(true);
            assertEquals("250", send(gateway, "192.0.2.7", "carol@example.org").substring(0, 3));
        }
    }

    @ParameterizedTest
    @CsvSource({"greylist.delay,3d", "greylist.window,40d", "greylist.memory,500d", "greylist.networks-after,-1", "greylist.time-limit,0s", "dnsbl.time-limit,0s"})
    void termsThatMakeNoSenseAreRefused(String name, String value) {
        FilterConfig config = Configs.read(FilterConfig.class, "postel.smtp.filter.", Map.of(name, value, "dnsbl.zones", "a.test"));
        TrustConfig trust = Configs.read(TrustConfig.class, "postel.smtp.trust.", Map.of());
        assertThrows(IllegalArgumentException.class, () -> Checks.of(trust, config, (network, from, to) -> null, "h", 1024, Clock.systemUTC()));
    }
}
