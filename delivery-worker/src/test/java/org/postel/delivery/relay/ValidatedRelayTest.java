package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.dns.DnsExchangers;
import org.postel.delivery.dns.ValidatingResolver;
import org.postel.delivery.smtp.Authorities;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TestAuthority;
import org.postel.delivery.smtp.Tlsa;
import org.postel.queue.v1.Failure;

/**
 * DANE as a resolver that checks DNSSEC lets us have it: RFC 7672. The resolver is real, as Debian has it: {@code apt-get install unbound
 * ldnsutils}, then {@code ./postel test dnssec}.
 */
@Tag("dnssec")
@Timeout(120)
class ValidatedRelayTest {

    private static final String NAME = "mx.example.org";
    /** What its owner signed; an attacker put the right one in its place, and another server. */
    private static final String SIGNED = "cd".repeat(32);

    private static ScriptedServer server;
    private static ValidatingResolver resolver;

    private final Fixture fixture = new Fixture();

    /** One server stands behind all names; what differs is what DNS says of it. */
    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new ScriptedServer(TestAuthority.underTls(TestAuthority.server(NAME, false), line -> {
            line.welcomeAgain();
            line.take();
            line.answer("221 bye\r\n");
        }));
        Tlsa right = TestAuthority.tlsa(NAME, false, Tlsa.END_ENTITY, 1, 1);
        Tlsa wrong = TestAuthority.tlsa("other.example.org", false, Tlsa.END_ENTITY, 1, 1);
        Tlsa authority = TestAuthority.tlsa(NAME, false, Tlsa.TRUST_ANCHOR, 0, 1);
        String signed = host("mx", authority) + "named MX 10 mx\n"
                + host("mx.right", right) + "right MX 10 mx.right\n"
                + host("mx.wrong", wrong) + "wrong MX 10 mx.wrong\n"
                + host("mx.authority", authority) + "authority MX 10 mx.authority\n"
                + host("mx.forged", new Tlsa(Tlsa.END_ENTITY, 1, 1, SIGNED)) + "forged MX 10 mx.forged\n"
                + "mx.silent A 127.0.0.1\nsilent MX 10 mx.silent\n"
                + "mx.alias CNAME mx.right\nalias MX 10 mx.alias\n"
                + "mx.hosted CNAME mx.wrong.example.net.\nhosted MX 10 mx.hosted\n" + certificate("mx.hosted", right)
                + "moved MX 10 mx.signed\n";
        resolver = new ValidatingResolver(folder, Map.of("example.org", signed),
                Map.of("example.net", host("mx.wrong", wrong) + "wrong MX 10 mx.wrong\n"),
                Map.of(SIGNED, right.data(), "mx.signed.example.org.", "mx.right.example.org."));
    }

    @AfterAll
    static void stop() throws IOException {
        if (resolver != null) {
            resolver.close();
        }
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "right.example.org, ', certificate verified (DANE) said: '",
        "named.example.org, ', certificate verified (DANE) said: '",
        // RFC 7672 §2.2.2
        "alias.example.org, ', certificate verified (DANE) said: '",
        "hosted.example.org, ', certificate verified (DANE) said: '",
        "silent.example.org, ', certificate not verified said: '",
        "wrong.example.net, ', certificate not verified said: '"})
    void mailGoesUnderWhatDnsProves(String domain, String how) throws Exception {
        relay(domain);
        assertEquals(List.of("relayed"), fixture.queue.steps());
        assertTrue(fixture.queue.traces.getFirst().getDetail().contains(how), fixture.queue.traces.getFirst().getDetail());
    }

    @ParameterizedTest
    @CsvSource({
        "wrong.example.org, 4.7.5, none of those that DNS names",
        "authority.example.org, 4.7.5, is not for",
        "forged.example.org, 4.7.5, SERVFAIL",
        "moved.example.org, 4.4.3, SERVFAIL"})
    void mailWaitsForAServerThatIsNotWhatDnsProves(String domain, String status, String why) throws Exception {
        relay(domain);
        Failure failure = fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure();
        assertEquals(status, failure.getStatus());
        assertTrue(failure.getExplanation().contains(why), failure.getExplanation());
    }

    private void relay(String domain) throws Exception {
        DnsExchangers dns = new DnsExchangers(Optional.of(resolver.address()), true, Duration.ofSeconds(10));
        ConnectionSecurity security = new ConnectionSecurity(TlsDefault.OPPORTUNISTIC, dns, any -> StsPolicy.NONE, Authorities.ofJava());
        MxHops hops = new MxHops(dns, new Ourselves(Set.of(), Set.of(), false), security, server.address().getPort(), new Random());
        RelaySettings settings = new RelaySettings(SenderIdentities.allAs("mx.example.test"), 1, Duration.ofMillis(50), Duration.ofSeconds(30),
                SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(20)), new Reuse(1, Duration.ZERO), Duration.ofMinutes(1));
        try (Relayer relayer = new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                settings, AsUsual.lanes())) {
            relayer.relay(Fixture.message("bob@" + domain).toBuilder().setRelayDomain(domain).build());
        }
    }

    private static String host(String name, Tlsa tlsa) {
        return name + " A 127.0.0.1\n" + certificate(name, tlsa);
    }

    private static String certificate(String host, Tlsa tlsa) {
        return "_%d._tcp.%s TLSA %d %d %d %s%n".formatted(server.address().getPort(), host, tlsa.usage(), tlsa.selector(), tlsa.matching(), tlsa.data());
    }
}
