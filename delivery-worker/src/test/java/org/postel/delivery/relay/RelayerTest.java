package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

class RelayerTest {

    private static final Duration PARKING = Duration.ofSeconds(30);
    private final Fixture fixture = new Fixture();

    @Test
    void mailIsRelayedToTheFixedNextHop() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            assertEquals(Fixture.MAIL + ".\r\n", line.take());
            line.answer("221 bye\r\n");
        })) {
            InetSocketAddress at = server.address();
            NextHops hops = new FixedHops(Map.of("example.org", "127.0.0.1:" + at.getPort()),
                    (domain, need) -> new NextHops.Found.None(Failures.of("5.1.2", "no")), AsUsual.SECURITY);
            relayer(hops, 5).relay(message("bob@example.org"));
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
        assertTrue(fixture.queue.traces.getFirst().getDetail().contains(" in clear said: 250 2.0.0 queued as 1"),
                fixture.queue.traces.getFirst().getDetail());
    }

    @Test
    void whatWasPutBeforeItWhenItWasRoutedGoesAlong() throws Exception {
        String field = "DKIM-Signature: v=1\r\n";
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("SIZE 1000000");
            assertEquals("MAIL FROM:<alice@example.test> SIZE=" + (field + Fixture.MAIL).length(), line.answer("250 ok\r\n"));
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            assertEquals(field + Fixture.MAIL + ".\r\n", line.hearContent());
            line.say("250 2.0.0 queued as 1\r\n");
            line.answer("221 bye\r\n");
        })) {
            relayer(servers(server.address()), 5).relay(message("bob@example.org").toBuilder().setOutgoingFields(field).build());
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    @Test
    void nextServerIsAskedWhenOneIsDownOrDoesNotWantToTalk() throws Exception {
        try (ScriptedServer busy = new ScriptedServer(line -> line.say("421 4.3.2 busy\r\n"));
                ScriptedServer broken = new ScriptedServer(line -> line.say("HTTP/1.1 200 OK\r\n"));
                ScriptedServer good = new ScriptedServer(line -> {
                    line.welcome();
                    line.take();
                    line.answer("221 bye\r\n");
                })) {
            relayer(servers(closedPort(), busy.address(), broken.address(), good.address()), 5).relay(message("bob@example.org"));
            assertEquals(1, busy.connections());
            assertEquals(1, good.connections());
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    @Test
    void refusalBouncesWithTheRepliesOfTheOtherServer() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("550-5.1.1 nobody here\r\n550 5.1.1 of that name\r\n");
            line.answer("250 ok\r\n");
            line.answer("221 bye\r\n");
        })) {
            relayer(servers(server.address()), 5).relay(message("bob@example.org"));
        }
        String notification = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        assertTrue(notification.contains("Status: 5.1.1"), notification);
        assertTrue(notification.contains("nobody here"), notification);
        assertTrue(notification.contains("Subject: hello"), notification);
        assertEquals(1, fixture.metrics.counter("mail.bounces", "class", "5.1").count());
    }

    @Test
    void hostThatIsDownIsRetriedAndBouncesAtTheEnd() throws Exception {
        Relayer relayer = relayer(servers(closedPort()), 5);
        relayer.relay(message("bob@example.org"));
        var retry = fixture.queue.retries.getFirst();
        assertEquals(Duration.ofMinutes(5), retry.delay());
        assertEquals("4.4.1", retry.message().getRecipients(0).getLastFailure().getStatus());
        relayer.relay(retry.message().toBuilder().setAcceptedAt(Fixture.NOW.minus(Duration.ofDays(5)).toEpochMilli()).build());
        String notification = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        assertTrue(notification.contains("Status: 4.4.1"), notification);
        assertTrue(notification.contains("Action: failed"), notification);
    }

    @Test
    void answerThatGotLostAfterTheContentIsRetried() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
        })) {
            relayer(servers(server.address()), 5).relay(message("bob@example.org"));
        }
        assertEquals("4.4.2", fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure().getStatus());
    }

    @Test
    void handshakeThatFailsIsTriedAgainInClear() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("STARTTLS");
            line.answer("220 go on\r\n");
            line.socket().getInputStream().read();
            line.say("this is no TLS at all\r\n".repeat(100));
        }, line -> {
            line.welcome("STARTTLS");
            line.take();
            line.answer("221 bye\r\n");
        })) {
            relayer(servers(server.address()), 5).relay(message("bob@example.org"));
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    @Test
    void overTheLimitOfADestinationAMessageIsParkedAndOthersAreServed() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ScriptedServer slow = new ScriptedServer(line -> {
            entered.countDown();
            leave.await();
            line.say("421 4.3.2 at last\r\n");
        }); ScriptedServer quick = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            line.answer("221 bye\r\n");
        })) {
            NextHops hops = (domain, need) ->
                    servers(domain.equals("slow.example.org") ? slow.address() : quick.address()).of(domain, need);
            Relayer relayer = relayer(hops, 1);
            Thread first = Thread.ofVirtual().start(() -> relay(relayer, message("a@slow.example.org")));
            entered.await();
            QueuedMessage second = message("b@slow.example.org");
            relayer.relay(second);
            assertEquals(PARKING, fixture.queue.retries.getFirst().delay());
            assertEquals(0, fixture.queue.retries.getFirst().message().getAttempts());
            relayer.relay(message("c@quick.example.org"));
            assertEquals(List.of("relayed"), fixture.queue.steps());
            leave.countDown();
            first.join();
        }
    }

    @Test
    void aServerThatAsksForLessGetsFewerConnections() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("421 4.7.0 too many connections from you\r\n");
        }, line -> {
            entered.countDown();
            leave.await();
        })) {
            Relayer relayer = relayer(servers(server.address()), 2);
            relayer.relay(message("a@example.org"));
            Thread first = Thread.ofVirtual().start(() -> relay(relayer, message("b@example.org")));
            entered.await();
            relayer.relay(message("c@example.org"));
            assertEquals(PARKING, fixture.queue.retries.getLast().delay(), "there were two places before");
            leave.countDown();
            first.join();
        }
    }

    /** It goes back to the queue as it is: an attempt that is noted beside would be a second copy of it. */
    @Test
    void whatThisWorkerInterruptsIsNoAttempt() throws Exception {
        CountDownLatch content = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            content.countDown();
            line.hear();
        })) {
            Relayer relayer = relayer(servers(server.address()), 1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    relayer.relay(message("bob@example.org"));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            content.await();
            thread.interrupt();
            thread.join();
            assertEquals(0, interrupted.getCount());
        }
        assertEquals(List.of(), fixture.queue.retries);
    }

    /** The first must not get it again, so that is kept: the interrupt ends nothing any more. */
    @Test
    void whatIsDecidedForSomeBeforeAnInterruptIsKept() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome("LIMITS RCPTMAX=1");
            line.take();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            second.countDown();
            line.hear();
        })) {
            Relayer relayer = relayer(servers(server.address()), 1);
            CountDownLatch endedWell = new CountDownLatch(1);
            Thread thread = Thread.ofVirtual().start(() -> {
                relay(relayer, Fixture.message("bob@example.org", "carol@example.org").toBuilder().setRelayDomain("example.org").build());
                if (!Thread.currentThread().isInterrupted()) {
                    endedWell.countDown();
                }
            });
            second.await();
            thread.interrupt();
            thread.join();
            assertEquals(0, endedWell.getCount(), "the queue takes nothing from a thread that is interrupted");
        }
        assertEquals(List.of("relayed", "deferred"), fixture.queue.steps());
        assertEquals(List.of("carol@example.org"), fixture.queue.retries.getFirst().message().getRecipientsList().stream().map(Recipient::getAddress).toList());
    }

    @Test
    void nobodyWaitsForADestinationWhereNothingMoves() throws Exception {
        Destinations destinations = new Destinations(1, Duration.ofMinutes(1));
        Duration patience = Duration.ofSeconds(1);
        try (Destinations.Place stalled = destinations.enter("slow.example.org", patience).orElseThrow()) {
            assertTrue(took(() -> destinations.enter("slow.example.org", patience)) >= 1000, "it may become free soon");
            assertTrue(took(() -> destinations.enter("slow.example.org", patience)) < 1000, "it does not look so any more");
        }
        assertEquals(0, destinations.known());
    }

    private static long took(Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        return (System.nanoTime() - begun) / 1_000_000;
    }

    @Test
    void domainWithoutMailBouncesAtOnce() throws Exception {
        Failure failure = Failures.of("5.1.10", "The domain says that it does not take mail.");
        relayer((domain, need) -> new NextHops.Found.None(failure), 5).relay(message("bob@example.org"));
        assertTrue(fixture.queue.enqueued.getFirst().getInline().toStringUtf8().contains("Status: 5.1.10"));
    }

    private Relayer relayer(NextHops hops, int perDestination) {
        return new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                new RelaySettings(SenderIdentities.allAs("mx.example.test"), perDestination, Duration.ofMillis(50), PARKING,
                        SmtpTimeouts.all(Duration.ofSeconds(5), Duration.ofSeconds(20)), new Reuse(1, Duration.ZERO), Duration.ofMinutes(1)), AsUsual.lanes());
    }

    private static void relay(Relayer relayer, QueuedMessage message) {
        try {
            relayer.relay(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static NextHops servers(InetSocketAddress... addresses) {
        return (domain, need) -> new NextHops.Found.Servers(
                java.util.Arrays.stream(addresses).map(address -> new Hop("mx.example.org", address, 0, TlsPolicy.OPPORTUNISTIC)).toList());
    }

    private static InetSocketAddress closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    private static QueuedMessage message(String recipient) {
        return Fixture.message(recipient).toBuilder().setRelayDomain(recipient.substring(recipient.indexOf('@') + 1)).build();
    }
}
