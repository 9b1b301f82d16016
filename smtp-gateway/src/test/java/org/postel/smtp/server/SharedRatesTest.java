package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postel.wire.LineClient;

/** SAFETY row 19: one client that goes to two gateways, which tell each other of it. */
class SharedRatesTest {

    private static final Map<String, String> LIMITS = Map.of("rate.connections", "4", "rate.recipients", "3");
    // 127.0.0.1 is a stranger here.
    private static final Map<String, String> STRANGERS = Map.of("check-loopback", "true", "enabled", "false");

    @Test
    void connectionsToBothAreCounted() throws IOException {
        try (TestGateway one = new TestGateway(LIMITS, STRANGERS); TestGateway two = new TestGateway(LIMITS, STRANGERS)) {
            for (int i = 0; i < 2; i++) {
                assertTrue(greeting(one).startsWith("220"));
                assertTrue(greeting(two).startsWith("220"));
            }
            tell(one, two);
            tell(two, one);
            assertEquals("421 4.7.0 " + TestGateway.HOST + " Too many connections", greeting(one));
            assertEquals("421 4.7.0 " + TestGateway.HOST + " Too many connections", greeting(two));
        }
    }

    @Test
    void soAreRecipients() throws IOException {
        try (TestGateway one = new TestGateway(LIMITS, STRANGERS); TestGateway two = new TestGateway(LIMITS, STRANGERS)) {
            try (LineClient client = LineClient.connect(one.ports.bound().getFirst())) {
                begin(client);
                assertTrue(client.send("RCPT TO:<bob@example.test>").readLine().startsWith("250"));
                assertTrue(client.send("RCPT TO:<alice@example.test>").readLine().startsWith("250"));
            }
            tell(one, two);
            try (LineClient client = LineClient.connect(two.ports.bound().getFirst())) {
                begin(client);
                assertTrue(client.send("RCPT TO:<bob@example.test>").readLine().startsWith("250"));
                assertEquals("451 4.7.1 Too many recipients from your network within a minute; try again later", client.send("RCPT TO:<alice@example.test>").readLine());
                assertTrue(client.send("RCPT TO:<Postmaster>").readLine().startsWith("250"), "RFC 5321 4.5.1");
            }
        }
    }

    private static void begin(LineClient client) throws IOException {
        client.readLine();
        client.send("HELO client.example").readLine();
        assertTrue(client.send("MAIL FROM:<alice@example.net>").readLine().startsWith("250"));
    }

    private static String greeting(TestGateway gateway) throws IOException {
        try (LineClient client = LineClient.connect(gateway.ports.bound().getFirst())) {
            return client.readLine();
        }
    }

    private static void tell(TestGateway from, TestGateway to) {
        to.rates.heard("another", from.rates.busiest());
    }
}
