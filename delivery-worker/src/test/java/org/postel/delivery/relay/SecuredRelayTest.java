package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TestAuthority;
import org.postel.delivery.smtp.TlsPolicy;

/** SAFETY row 6: mail that is to be secured waits rather than go in clear. */
@Timeout(60)
class SecuredRelayTest {

    private final Fixture fixture = new Fixture();

    static Stream<TlsPolicy> secured() {
        return Stream.of(TlsPolicy.REQUIRED, new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN),
                new TlsPolicy.Dane("mx.example.org", Set.of(TestAuthority.tlsa("mx.example.org", false, 3, 1, 1)), Set.of("mx.example.org")));
    }

    @ParameterizedTest
    @MethodSource("secured")
    void aServerThatTakesStarttlsAwayGetsNothing(TlsPolicy policy) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("PIPELINING");
            assertTrue(Set.of("", "QUIT").contains(line.hear()), "nothing is sent in clear");
        }); Relayer relayer = relayer(server, new AtomicReference<>(policy))) {
            relayer.relay(Fixture.message("bob@example.org").toBuilder().setRelayDomain("example.org").build());
            assertEquals(1, server.connections());
        }
        assertEquals("4.7.5", fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure().getStatus());
    }

    @ParameterizedTest
    @MethodSource("secured")
    void aServerThatBreaksTheHandshakeGetsNothing(TlsPolicy policy) throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("STARTTLS");
            line.answer("220 go on\r\n");
            line.say("this is no TLS at all\r\n".repeat(100));
            line.hear();
        }); Relayer relayer = relayer(server, new AtomicReference<>(policy))) {
            relayer.relay(Fixture.message("bob@example.org").toBuilder().setRelayDomain("example.org").build());
            assertEquals(1, server.connections(), "there is no second attempt in clear");
        }
        assertEquals("4.7.5", fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure().getStatus());
    }

    /** A connection that is open was made for a domain that asks for less. */
    @Test
    void anOpenConnectionIsUsedUnderItsOwnPolicyOnly() throws Exception {
        AtomicReference<TlsPolicy> policy = new AtomicReference<>(TlsPolicy.OPPORTUNISTIC);
        ScriptedServer.Script taking = TestAuthority.underTls(TestAuthority.server("mx.example.org", false), line -> {
            line.welcomeAgain();
            line.take();
            line.take();
            line.answer("221 bye\r\n");
        });
        try (ScriptedServer server = new ScriptedServer(taking); Relayer relayer = relayer(server, policy)) {
            int connections = 1;
            for (TlsPolicy next : List.of(TlsPolicy.OPPORTUNISTIC, new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_DOMAIN),
                    TlsPolicy.OPPORTUNISTIC)) {
                policy.set(next);
                relayer.relay(Fixture.message("bob@example.org").toBuilder().setRelayDomain("example.org").build());
                assertEquals(Math.min(connections++, 2), server.connections());
            }
        }
        assertEquals(List.of("relayed", "relayed", "relayed"), fixture.queue.steps());
        secured(0, "certificate not verified");
        secured(1, "certificate verified (MTA-STS)");
    }

    /** By version and cipher; which cipher is for Java and the other side to agree on. */
    private void secured(int step, String proof) {
        String detail = fixture.queue.traces.get(step).getDetail();
        assertTrue(detail.matches(".* under TLSv1\\.3, TLS_[A-Z0-9_]{10,50}, " + Pattern.quote(proof) + " said: .*"), detail);
    }

    private Relayer relayer(ScriptedServer server, AtomicReference<TlsPolicy> policy) {
        NextHops hops = (domain, need) -> new NextHops.Found.Servers(List.of(new Hop("mx.example.org", server.address(), 0, policy.get())));
        return new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces, new RelaySettings(SenderIdentities.allAs("mx.example.test"), 3,
                Duration.ofMillis(50), Duration.ofSeconds(30), SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                new Reuse(100, Duration.ofMinutes(1)), Duration.ofMinutes(1)), AsUsual.lanes());
    }
}
