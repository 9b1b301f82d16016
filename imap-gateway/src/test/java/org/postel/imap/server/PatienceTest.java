package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.wire.LineClient;
import org.postel.wire.Patience;

/** Clients that keep silent, do not read, or promise more than they send: SAFETY rows 14 and 18. */
@Timeout(60)
class PatienceTest {

    private static TestGateway gateway(String... properties) throws IOException {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put("postel.imap." + properties[i], properties[i + 1]);
        }
        return new TestGateway(all, Optional.empty());
    }

    @Test
    void silenceBeforeLoginEnds() throws IOException {
        try (TestGateway gateway = gateway("login-timeout", "300ms"); LineClient client = gateway.connect()) {
            client.expect("* BYE");
            client.expectClosed();
        }
    }

    /** SAFETY row 18. */
    @Test
    void talkingDoesNotPutOffTheEndOfTheTimeToLogIn() throws IOException {
        try (TestGateway gateway = gateway("login-timeout", "500ms"); LineClient client = gateway.connect()) {
            String line = "a OK";
            long end = System.nanoTime() + Patience.LONGEST.toNanos();
            while (!line.startsWith("* BYE")) {
                assertTrue(System.nanoTime() < end, "who talks is let stay without a log-in");
                line = client.send("a NOOP").readLine();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            client.expectClosed();
        }
    }

    @Test
    void silenceAfterLoginEndsAlsoInIdle() throws IOException {
        try (TestGateway gateway = gateway("idle-timeout", "400ms"); LineClient quiet = gateway.login();
                LineClient idle = gateway.login()) {
            idle.send("a IDLE").expect("+ idling");
            idle.expect("* BYE");
            quiet.expect("* BYE");
        }
    }

    @Test
    void lostEventCostsOnlyADelay() throws IOException {
        try (TestGateway gateway = gateway("idle-poll", "200ms"); LineClient client = gateway.login()) {
            client.send("a SELECT INBOX");
            String line = client.readLine();
            while (!line.startsWith("a OK")) {
                line = client.readLine();
            }
            client.send("b IDLE").expect("+ idling");
            gateway.mail.deliverUntold("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.expect("* 1 EXISTS");
        }
    }

    @Test
    void clientThatDoesNotReadIsDroppedAndOthersAreServed() throws IOException {
        try (TestGateway gateway = gateway("write-timeout", "1s")) {
            gateway.mail.deliver(new byte[20 << 20]);
            try (LineClient slow = gateway.login()) {
                slow.send("a EXAMINE INBOX").send("b FETCH 1 BODY.PEEK[]");
                try (LineClient other = gateway.login()) {
                    other.send("c NOOP").expect("c OK");
                }
                waitUntil(() -> gateway.metrics.get("mail.connections").gauges().stream().mapToDouble(gauge -> gauge.value()).sum() == 0);
            }
        }
    }

    private static void waitUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited too long");
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** CVE-2024-37358: what is promised takes no memory. */
    @Test
    void promisedLiteralsTakeNoMemory() throws IOException {
        try (TestGateway gateway = gateway("max-message-size", "1G", "max-connections-per-address", "300")) {
            long before = used();
            List<LineClient> clients = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                LineClient client = gateway.login();
                client.send("a APPEND INBOX {1000000000}").expect("+ ");
                clients.add(client);
            }
            long each = (used() - before) / clients.size();
            assertTrue(each < 300_000, "octets for each connection: " + each);
            for (LineClient client : clients) {
                client.close();
            }
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void greetingNamesTheHost() throws IOException {
        try (TestGateway gateway = gateway(); LineClient client = LineClient.connect(gateway.port())) {
            String greeting = client.expect("* OK [CAPABILITY IMAP4rev1");
            assertEquals("mail.example.test Postel is ready", greeting.substring(greeting.indexOf(']') + 2));
        }
    }
}
