package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.postel.smtp.server.TestGateway.ehlo;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postel.wire.LineClient;

/** What takes too long, comes too early, or is cut short by a shutdown. */
class PatienceTest {

    @Test
    void anIdleClientIsSentAway() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("command-timeout", "300ms")); LineClient client = gateway.mx()) {
            client.expect("421 4.4.2");
            client.expectClosed();
        }
    }

    // SAFETY row 18
    @Test
    void contentThatStopsIsGivenUp() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("data-timeout", "300ms")); LineClient client = transaction(gateway)) {
            client.sendRaw("A: b\r\n").expect("421 4.4.2");
            client.expectClosed();
            assertEquals(0, gateway.queue.messages().size());
        }
    }

    // SAFETY row 18
    @Test
    void aChunkThatStopsIsGivenUp() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("data-timeout", "300ms")); LineClient client = envelope(gateway)) {
            client.sendRaw("BDAT 100 LAST\r\nA: b\r\n").expect("421 4.4.2");
            client.expectClosed();
            assertEquals(0, gateway.queue.messages().size());
            assertEquals(TestGateway.BUDGET, gateway.budget.available());
        }
    }

    // SAFETY row 18: a message is not held in memory for whoever keeps the session alive by other commands.
    @Test
    void chunksThatDoNotComeAreGivenUp() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("data-grace", "100ms", "min-data-rate", "1000000")); LineClient client = envelope(gateway)) {
            client.sendRaw("BDAT 6\r\nA: b\r\n").expect("250");
            String reply = "250";
            for (int i = 0; i < 90 && reply.startsWith("250"); i++) {
                TimeUnit.MILLISECONDS.sleep(25);
                reply = client.send("NOOP").readLine();
            }
            assertEquals("421 4.4.2 Content comes too slowly", reply);
        }
    }

    @Test
    void aDrainLetsChunksFinish() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of()); LineClient client = envelope(gateway)) {
            client.sendRaw("BDAT 6\r\nA: b\r\n").expect("250");
            CompletableFuture<Void> drained = drain(gateway);
            TimeUnit.MILLISECONDS.sleep(200);
            client.sendRaw("BDAT 2 LAST\r\n\r\n").expect("250 2.0.0 Queued as ");
            client.expect("421 4.3.2");
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    // SAFETY row 18
    @Test
    void contentThatTricklesIsGivenUp() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("data-grace", "100ms", "min-data-rate", "1000000"));
             LineClient client = transaction(gateway)) {
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> {
                try {
                    while (true) {
                        client.sendRaw("x");
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                } catch (IOException | InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            client.expect("421 4.4.2 Content comes too slowly");
            client.close();
            trickle.join();
        }
    }

    // SAFETY row 3
    @Test
    void whoTalksBeforeTheGreetingIsCutOff() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("greeting-pause", "10s"));
             LineClient client = LineClient.connect(gateway.ports.bound().getFirst())) {
            client.sendRaw("EHLO bot\r\n").expect("554 5.5.0");
            client.expectClosed();
        }
    }

    // SAFETY row 19
    @Test
    void oneAddressHasSoManyConnections() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("max-connections-per-address", "1")); LineClient first = gateway.mx();
             LineClient second = LineClient.connect(gateway.ports.bound().getFirst())) {
            second.expect("421 4.7.0");
            second.expectClosed();
            first.send("NOOP").expect("250");
        }
    }

    @Test
    void aDrainEndsIdleSessionsAndLetsATransactionFinish() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of()); LineClient idle = gateway.mx(); LineClient busy = ehlo(gateway.mx())) {
            busy.send("MAIL FROM:<>").expect("250");
            CompletableFuture<Void> drained = drain(gateway);
            idle.expect("421 4.3.2");
            idle.expectClosed();
            busy.send("RCPT TO:<bob@example.test>").expect("250");
            busy.send("DATA").expect("354");
            busy.sendRaw("A: b\r\n\r\n.\r\n").expect("250 2.0.0 Queued as ");
            busy.expect("421 4.3.2");
            busy.expectClosed();
            drained.get(10, TimeUnit.SECONDS);
            assertEquals(1, gateway.queue.messages().size());
        }
    }

    @Test
    void aDrainLetsALoginAndContentFinish() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("auth-on-loopback-in-clear", "true")); LineClient idle = gateway.mx();
             LineClient login = ehlo(gateway.submission()); LineClient content = transaction(gateway)) {
            login.send("AUTH LOGIN").expect("334 ");
            content.sendRaw("A: b\r\n");
            CompletableFuture<Void> drained = drain(gateway);
            idle.expect("421 4.3.2");
            content.sendRaw("\r\n.\r\n").expect("250 2.0.0 Queued as ");
            content.expect("421 4.3.2");
            login.send("YWxpY2VAZXhhbXBsZS50ZXN0").expect("334 ");
            login.send("c2VjcmV0").expect("235");
            login.expect("421 4.3.2");
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Void> drain(TestGateway gateway) {
        return CompletableFuture.runAsync(() -> {
            try {
                gateway.ports.drain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static LineClient transaction(TestGateway gateway) throws IOException {
        LineClient client = envelope(gateway);
        client.send("DATA").expect("354");
        return client;
    }

    private static LineClient envelope(TestGateway gateway) throws IOException {
        LineClient client = ehlo(gateway.mx());
        client.send("MAIL FROM:<>").expect("250");
        client.send("RCPT TO:<bob@example.test>").expect("250");
        return client;
    }
}
