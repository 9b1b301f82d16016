package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ListenerTest {

    @Test
    void pipelinedLinesAreAnsweredInOrder() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.sendRaw("a\r\nb\r\nc\r\nquit\r\n");
            assertEquals("a", client.readLine());
            assertEquals("b", client.readLine());
            assertEquals("c", client.readLine());
            assertEquals("quit", client.readLine());
            client.expectClosed();
            assertInstanceOf(Connection.class, server.seen());
            assertEquals("finished", server.seen());
        }
    }

    @Test
    void aLineMayComeInManySegments() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            for (char octet : "one line\r\n".toCharArray()) {
                client.sendRaw(String.valueOf(octet));
            }
            assertEquals("one line", client.readLine());
        }
    }

    @Test
    void bareLineEndsAreReportedAndTheNextLineIsInStep() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.sendRaw("bare lf\nnext\r\nbare\rcr\r\nafter\r\n\r\r\n\n");
            for (String answer : new String[] {"bare", "next", "bare", "after", "bare", "bare"}) {
                assertEquals(answer, client.readLine());
            }
        }
    }

    @Test
    void anEndlessLineIsSkippedWithoutBeingKept() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.send("x".repeat(EchoServer.LIMIT));
            assertEquals(EchoServer.LIMIT, client.readLine().length());
            client.send("x".repeat(EchoServer.LIMIT + 1));
            assertEquals("too long", client.readLine());
            for (int i = 0; i < 1000; i++) {
                client.sendRaw("y".repeat(10_000));
            }
            client.sendRaw("\r\nnext\r\n");
            assertEquals("too long", client.readLine());
            assertEquals("next", client.readLine());
        }
    }

    @Test
    void aPeerThatSendsNoMoreStillGetsItsAnswers() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.sendRaw("a\r\nb\r\nhalf");
            client.shutdownOutput();
            assertEquals("a", client.readLine());
            assertEquals("b", client.readLine());
            client.expectClosed();
            server.seen();
            assertInstanceOf(PeerGoneException.class, server.seen());
        }
    }

    /** Closing with octets unread would reset the connection, and the client might never read the last reply. */
    @Test
    void theLastReplyReachesAClientThatIsStillSending() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
                client.expect("hello");
                client.sendRaw("quit\r\n" + "x".repeat(50_000));
                client.expect("quit");
                client.expectClosed();
            }
        }
    }

    @Test
    void connectionsOfOneAddressAreLimited() throws Exception {
        try (var server = new EchoServer(EchoServer.settings(), new ConnectionLimits(10, 2), Optional.empty())) {
            try (var one = LineClient.connect(server.port()); var two = LineClient.connect(server.port())) {
                one.expect("hello");
                two.expect("hello");
                try (var three = LineClient.connect(server.port())) {
                    three.expect("too many");
                    three.expectClosed();
                }
                one.send("quit").expect("quit");
                one.expectClosed();
                eventually(() -> greets(server.port()));
            }
        }
    }

    private static boolean greets(int port) throws IOException {
        try (var client = LineClient.connect(port)) {
            return client.readLine().equals("hello");
        }
    }

    @Test
    void aDrainLetsTheRunningCommandFinishAndTellsIdleSessions() throws Exception {
        try (var server = EchoServer.start(); var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.send("a").expect("a");
            assertTrue(server.listener().drain(Drain.atOnce(Duration.ofSeconds(10))));
            client.expect("bye");
            client.expectClosed();
            int port = server.port();
            assertThrows(IOException.class, () -> LineClient.connect(port).expect("hello"));
        }
    }

    @Test
    void aDrainTellsOneSessionAfterTheOtherAndServesTheRest() throws Exception {
        Drain slow = new Drain(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(10));
        try (var server = EchoServer.start(); var one = LineClient.connect(server.port())) {
            Connection first = (Connection) server.seen();
            try (var two = LineClient.connect(server.port())) {
                Connection second = (Connection) server.seen();
                var drained = CompletableFuture.supplyAsync(() -> drain(server, slow));
                eventually(() -> first.draining() || second.draining());
                LineClient told = first.draining() ? one : two;
                told.expect("hello");
                told.expect("bye");
                told.expectClosed();
                LineClient served = first.draining() ? two : one;
                served.expect("hello");
                served.send("still here").expect("still here");
                served.send("quit").expect("quit");
                served.expectClosed();
                assertTrue(drained.get(10, TimeUnit.SECONDS), "nobody is left to be waited for");
            }
        }
    }

    @Test
    void theGapsOfADrainFitItsWindowAndFewSessionsHoldNobodyUp() {
        Drain drain = Drain.over(Duration.ofSeconds(20), Duration.ZERO);
        assertEquals(Duration.ofMillis(1), drain.gap(20_000));
        assertEquals(Duration.ofMillis(20), drain.gap(1_000));
        assertEquals(Duration.ofMillis(20), drain.gap(2));
        assertEquals(Duration.ofMillis(20), drain.gap(0));
        assertEquals(Duration.ZERO, Drain.atOnce(Duration.ZERO).gap(10));
    }

    @Test
    void aDrainDoesNotEndTheWaitForALineOrOctetsWithinACommand() throws Exception {
        ConnectionHandler asking = connection -> {
            EchoServer.say(connection, "more");
            EchoServer.say(connection, new String(connection.readContinuation(10, Duration.ofSeconds(10)), StandardCharsets.US_ASCII));
            connection.read(new byte[1], 0, 1, Duration.ofSeconds(10));
            EchoServer.say(connection, "done");
            connection.readLine(10, Duration.ofSeconds(10));
        };
        try (var server = new EchoServer(EchoServer.settings(), new ConnectionLimits(10, 10), Optional.empty(), asking);
             var client = LineClient.connect(server.port())) {
            client.expect("more");
            Connection connection = (Connection) server.seen();
            var drained = CompletableFuture.supplyAsync(() -> drain(server, Drain.atOnce(Duration.ofSeconds(10))));
            eventually(connection::draining);
            client.send("line").expect("line");
            client.sendRaw("x").expect("done");
            client.expectClosed();
            assertInstanceOf(DrainingException.class, server.seen());
            assertTrue(drained.join());
        }
    }

    private static boolean drain(EchoServer server, Drain drain) {
        try {
            return server.listener().drain(drain);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSessionThatDoesNotEndIsClosedAtTheDeadline() throws Exception {
        ConnectionHandler deaf = connection -> connection.read(new byte[1], 0, 1, Duration.ofMinutes(5));
        try (var server = new EchoServer(EchoServer.settings(), new ConnectionLimits(10, 10), Optional.empty(), deaf);
             var client = LineClient.connect(server.port())) {
            server.seen();
            assertFalse(server.listener().drain(Drain.atOnce(Duration.ofMillis(100))));
            client.expectClosed();
            assertInstanceOf(PeerGoneException.class, server.seen());
        }
    }

    @Test
    void anIdleSessionIsWokenByAnyThread() throws Exception {
        ConnectionHandler idling = connection -> {
            EchoServer.say(connection, "idle");
            connection.flush();
            for (int i = 0; i < 3; i++) {
                EchoServer.say(connection, connection.await(Duration.ofSeconds(10)).name());
                connection.flush();
            }
            EchoServer.say(connection, connection.await(Duration.ofMillis(1)).name());
            connection.readLine(10, Duration.ofSeconds(10));
            EchoServer.say(connection, connection.await(Duration.ofMillis(1)).name());
        };
        try (var server = new EchoServer(EchoServer.settings(), new ConnectionLimits(10, 10), Optional.empty(), idling);
             var client = LineClient.connect(server.port())) {
            Connection connection = (Connection) server.seen();
            client.expect("idle");
            connection.wake();
            client.expect("WOKEN");
            connection.wake();
            client.expect("WOKEN");
            client.send("x").expect("INPUT");
            client.expect("INPUT");
            client.expect("TIMEOUT");
        }
    }

    static void eventually(Attempt attempt) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!attempt.succeeds()) {
            assertTrue(System.nanoTime() < deadline, "did not happen in time");
            Thread.onSpinWait();
        }
    }

    interface Attempt {
        boolean succeeds() throws Exception;
    }
}
