package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SAFETY rows 10 and 18: neither a peer that does not read nor one that only sends makes us hold what is in flight. */
@Timeout(60)
class SlowReaderTest {

    @Test
    void aPeerThatDoesNotReadIsDroppedAfterTheWriteTimeout() throws Exception {
        AtomicLong written = new AtomicLong();
        ConnectionHandler flood = connection -> {
            byte[] part = new byte[10_000];
            while (written.get() < 1_000_000_000L) {
                connection.write(part);
                written.addAndGet(part.length);
            }
        };
        var settings = EchoServer.settings().withWriteTimeout(Duration.ofMillis(300));
        try (var server = new EchoServer(settings, new ConnectionLimits(10, 10), Optional.empty(), flood);
             var client = LineClient.connect(server.port())) {
            assertTrue(client.socket().isConnected());
            server.seen();
            assertInstanceOf(WriteTimeoutException.class, server.seen());
            // The rest went into the buffers of the two sockets.
            assertTrue(written.get() < 16_000_000, "held " + written.get());
        }
    }

    @Test
    void aPeerThatOnlySendsIsNotReadBeyondTheHighWaterMark() throws Exception {
        AtomicLong sent = new AtomicLong();
        ConnectionHandler deaf = connection -> {
            EchoServer.say(connection, "hello");
            connection.flush();
            connection.readLine(10, Duration.ofSeconds(10));
            while (connection.await(Duration.ofSeconds(10)) != Connection.Signal.INPUT || !connection.draining()) {
                Thread.onSpinWait();
            }
        };
        try (var server = new EchoServer(EchoServer.settings(), new ConnectionLimits(10, 10), Optional.empty(), deaf);
             var client = LineClient.connect(server.port())) {
            client.expect("hello");
            client.send("go");
            Thread sender = Thread.startVirtualThread(() -> flood(client, sent));
            long last = -1;
            // Stuck: nothing more goes out for a while.
            while (last != sent.get()) {
                last = sent.get();
                sender.join(Duration.ofMillis(500));
            }
            assertTrue(sent.get() < 16_000_000, "took " + sent.get());
            assertTrue(sender.isAlive());
        }
    }

    private static void flood(LineClient client, AtomicLong sent) {
        String part = "z".repeat(10_000);
        try {
            while (sent.get() < 1_000_000_000L) {
                client.sendRaw(part);
                sent.addAndGet(part.length());
            }
        } catch (java.io.IOException closed) {
            sent.set(sent.get());
        }
    }
}
