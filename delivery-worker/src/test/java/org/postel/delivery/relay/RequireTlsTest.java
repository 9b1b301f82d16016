package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TestAuthority;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.QueuedMessage;

/** RFC 8689 §4.2.1 and §5. */
@Timeout(60)
class RequireTlsTest {

    private final Fixture fixture = new Fixture();

    @Test
    void theServerIsToldToKeepItUnderTls() throws Exception {
        CompletableFuture<String> mail = new CompletableFuture<>();
        try (ScriptedServer server = promising(mail)) {
            relay(server);
            assertEquals("MAIL FROM:<alice@example.test> REQUIRETLS", mail.get(5, TimeUnit.SECONDS));
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    @Test
    void aServerThatDoesNotPromiseItIsPassedBy() throws Exception {
        try (ScriptedServer silent = silent(); ScriptedServer server = promising(new CompletableFuture<>())) {
            relay(silent, server);
            assertEquals(1, silent.connections());
            assertEquals(1, server.connections());
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    @Test
    void withoutAServerThatPromisesItTheSenderIsToldAtOnce() throws Exception {
        try (ScriptedServer silent = silent()) {
            relay(silent);
        }
        bounced("5.7.30");
    }

    @Test
    void withoutTlsTheSenderIsToldAtOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("REQUIRETLS");
            assertTrue(List.of("", "QUIT").contains(line.hear()), "nothing is sent in clear");
        })) {
            relay(server);
        }
        bounced("5.7.10");
    }

    @Test
    void aConnectionThatBreaksWithinTheHandshakeIsTriedAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("STARTTLS", "REQUIRETLS");
            line.answer("220 2.0.0 go ahead\r\n");
        })) {
            relay(server);
        }
        assertEquals(List.of("deferred"), fixture.queue.steps());
    }

    /** An open connection is no exception. */
    @Test
    void anOpenConnectionThatDoesNotPromiseItIsNotUsed() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(TestAuthority.underTls(TestAuthority.server("mx.example.org", false), line -> {
            line.welcomeAgain();
            line.take();
            assertTrue(List.of("", "QUIT").contains(line.hear()));
        }), silentScript()); ScriptedServer server = promising(new CompletableFuture<>()); Relayer relayer = relayer(silent, server)) {
            relayer.relay(message().toBuilder().setTls(QueuedMessage.Tls.AS_USUAL).build());
            relayer.relay(message());
            assertEquals(1, server.connections());
        }
        assertEquals(List.of("relayed", "relayed"), fixture.queue.steps());
    }

    /** A connection that the mail could not take would be no use to it. */
    @Test
    void aProbePassesByWhoDoesNotPromiseItToo() throws Exception {
        SlowDestinations slow = new SlowDestinations(Duration.ofHours(1));
        slow.late("example.org", SlowDestinations.Step.MESSAGE);
        try (ScriptedServer silent = silent(); ScriptedServer server = promising(new CompletableFuture<>());
                Relayer relayer = relayer(Lanes.slow(slow, Duration.ofSeconds(20), Duration.ofMinutes(5)), silent, server)) {
            while (fixture.queue.steps().isEmpty()) {
                relayer.relay(message());
                Thread.sleep(10);
            }
            assertEquals(List.of(1, 1), List.of(silent.connections(), server.connections()));
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    /** The notification says as much as the mail: it goes the same way, and brings no content. */
    private void bounced(String status) {
        QueuedMessage notification = fixture.queue.enqueued.getFirst();
        assertTrue(notification.getInline().toStringUtf8().contains("Status: " + status), notification.getInline().toStringUtf8());
        assertFalse(notification.getInline().toStringUtf8().contains("\r\nhello\r\n"));
        assertEquals(QueuedMessage.Tls.REQUIRED, notification.getTls());
    }

    private static ScriptedServer silent() throws Exception {
        return new ScriptedServer(silentScript());
    }

    private static ScriptedServer.Script silentScript() {
        return TestAuthority.underTls(TestAuthority.server("mx.example.org", false), line -> {
            line.welcomeAgain("PIPELINING");
            assertEquals("QUIT", line.answer("221 bye\r\n"));
        });
    }

    private static ScriptedServer promising(CompletableFuture<String> mail) throws Exception {
        return new ScriptedServer(TestAuthority.underTls(TestAuthority.server("mx.example.org", false), line -> {
            line.welcomeAgain("REQUIRETLS");
            mail.complete(line.answer("250 2.1.0 ok\r\n"));
            line.answer("250 2.1.5 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 2.0.0 queued\r\n");
            line.answer("221 bye\r\n");
        }));
    }

    private void relay(ScriptedServer... servers) throws Exception {
        try (Relayer relayer = relayer(servers)) {
            relayer.relay(message());
        }
    }

    private static QueuedMessage message() {
        return Fixture.message("bob@example.org").toBuilder().setRelayDomain("example.org").setReturnContent("FULL")
                .setTls(QueuedMessage.Tls.REQUIRED).build();
    }

    private Relayer relayer(ScriptedServer... servers) {
        return relayer(AsUsual.lanes(), servers);
    }

    private Relayer relayer(Lanes lanes, ScriptedServer... servers) {
        TlsPolicy verified = new TlsPolicy.Verified(TestAuthority.authorities(), TlsPolicy.Verified.Wanted.BY_SENDER);
        NextHops hops = (domain, need) -> new NextHops.Found.Servers(Stream.of(servers)
                .map(server -> new Hop("mx.example.org", server.address(), 0, verified)).toList());
        return new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces, new RelaySettings(SenderIdentities.allAs("mx.example.test"), 3,
                Duration.ofMillis(50), Duration.ofSeconds(30), SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                new Reuse(100, Duration.ofMinutes(1)), Duration.ofMinutes(1)), lanes);
    }
}
