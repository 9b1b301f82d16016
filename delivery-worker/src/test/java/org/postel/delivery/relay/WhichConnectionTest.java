package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.smtp.ClientIdentity;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.ScriptedServer.Line;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;

/** Which connections may serve which message, and how they end. */
@Timeout(30)
class WhichConnectionTest {

    private final Fixture fixture = new Fixture();
    private final List<Hop> hops = new ArrayList<>();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    /** RFC 5321 §5.1: the best server that can be reached comes first, whatever is open to others. */
    @Test
    void anOpenConnectionToABackupIsNotPreferredToABetterServer() throws Exception {
        try (ScriptedServer better = new ScriptedServer(WhichConnectionTest::takeAll);
                ScriptedServer backup = new ScriptedServer(WhichConnectionTest::takeAll);
                Relayer relayer = relayer(SenderIdentities.allAs("mx.example.test"))) {
            hops.add(hop(backup, 20));
            relay(relayer, "alice@example.test");
            hops.addFirst(hop(better, 10));
            relay(relayer, "alice@example.test");
            assertEquals(1, better.connections());
            relay(relayer, "alice@example.test");
            assertEquals(List.of(1, 1), List.of(better.connections(), backup.connections()));
            better.close();
            hops.set(0, new Hop("mx.example.org", new InetSocketAddress("127.0.0.1", 1), 10, TlsPolicy.OPPORTUNISTIC));
            relay(relayer, "alice@example.test");
            assertEquals(1, backup.connections(), "its connection is still open");
        }
        assertEquals(List.of("relayed", "relayed", "relayed", "relayed"), fixture.queue.steps());
    }

    @Test
    void aSendersDomainHasItsOwnNameAndAddress() throws Exception {
        SenderIdentities identities = new SenderIdentities(ClientIdentity.of("mx.example.test"), Map.of("example.net",
                new ClientIdentity("out.example.net", "mx.example.test", List.of(InetAddress.ofLiteral("2001:db8::1"), InetAddress.ofLiteral("127.0.0.2")))));
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.say("220 mx.example.org\r\n");
            heard.add(line.answer("250 mx.example.org\r\n") + " from " + line.socket().getInetAddress().getHostAddress());
            takeMore(line);
        }); Relayer relayer = relayer(identities)) {
            hops.add(hop(server, 10));
            for (String sender : List.of("alice@example.test", "carol@EXAMPLE.net", "", "dave@example.net", "erin@example.org")) {
                relay(relayer, sender);
            }
        }
        assertEquals(List.of("EHLO mx.example.test from 127.0.0.1", "EHLO out.example.net from 127.0.0.2"), heard);
        assertEquals(5, fixture.queue.steps().size());
    }

    /** Under another name we are still ourselves. */
    @Test
    void aServerWithThePlatformsNameIsUs() throws Exception {
        SenderIdentities identities = new SenderIdentities(
                new ClientIdentity("out.example.net", "mx.example.test", List.of()), Map.of());
        try (ScriptedServer server = new ScriptedServer(line -> line.say("220 MX.example.test ESMTP\r\n")); Relayer relayer = relayer(identities)) {
            hops.add(hop(server, 10));
            relay(relayer, "alice@example.test");
        }
        assertTrue(fixture.queue.enqueued.getFirst().getInline().toStringUtf8().contains("Status: 5.4.6"));
    }

    /** Each server answers QUIT only when all have heard it. */
    @Test
    void goodbyeIsSaidToAllAtOnce() throws Exception {
        CountDownLatch quits = new CountDownLatch(3);
        long begun;
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            if (line.hear().equals("QUIT")) {
                quits.countDown();
                quits.await();
                line.say("221 bye\r\n");
            }
        })) {
            try (Relayer relayer = relayer(SenderIdentities.allAs("mx.example.test"))) {
                for (int i = 0; i < 3; i++) {
                    hops.clear();
                    hops.add(new Hop("mx" + i + ".example.org", server.address(), 10, TlsPolicy.OPPORTUNISTIC));
                    relay(relayer, "alice@example.test");
                }
                begun = System.nanoTime();
            }
            assertTrue(System.nanoTime() - begun < 4_000_000_000L, "one after the other they would wait 5 s for each answer");
        }
    }

    private static void takeAll(Line line) throws IOException {
        line.welcome();
        takeMore(line);
    }

    private static void takeMore(Line line) throws IOException {
        for (String command = line.hear(); command.startsWith("MAIL"); command = line.hear()) {
            line.say("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("250 ok\r\n");
        }
        line.say("221 bye\r\n");
    }

    private static Hop hop(ScriptedServer server, int preference) {
        return new Hop("mx.example.org", server.address(), preference, TlsPolicy.OPPORTUNISTIC);
    }

    private void relay(Relayer relayer, String sender) throws InterruptedException {
        relayer.relay(Fixture.message("bob@example.org").toBuilder().setReversePath(sender).setRelayDomain("example.org").build());
    }

    private Relayer relayer(SenderIdentities identities) {
        return new Relayer((domain, need) -> new NextHops.Found.Servers(List.copyOf(hops)), new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                new RelaySettings(identities, 3, Duration.ofMillis(50), Duration.ofSeconds(30),
                        SmtpTimeouts.all(Duration.ofSeconds(10), Duration.ofSeconds(20)), new Reuse(100, Duration.ofMinutes(1)), Duration.ofMinutes(1)), AsUsual.lanes());
    }
}
