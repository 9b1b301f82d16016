package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.wire.LineClient;

/** What a client may, and what is told of it, goes by the address that a trusted proxy names: SAFETY row 37. */
class BehindProxyTest {

    private static final String FROM_OUTSIDE = "PROXY TCP4 192.0.2.7 198.51.100.1 51234 25\r\n";
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = new TestGateway(Map.of("auth-on-loopback-in-clear", "true", "proxy.trusted", "127.0.0.1", "proxy.mx-port", "0", "proxy.submission-port", "0",
            "proxy.submissions-port", "0"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static LineClient connect(int port, String header) throws IOException {
        LineClient client = LineClient.connect(gateway.ports.bound().get(port));
        client.sendRaw(header).expect("220 ");
        return client;
    }

    private static List<String> offered(LineClient client) throws IOException {
        client.send("EHLO client.example.org");
        List<String> lines = new ArrayList<>(List.of(client.expect("250")));
        while (lines.getLast().startsWith("250-")) {
            lines.add(client.expect("250"));
        }
        return lines;
    }

    @Test
    void receivedAndTheRecordNameTheClient() throws IOException {
        try (LineClient client = connect(3, FROM_OUTSIDE)) {
            offered(client);
            client.send("MAIL FROM:<carol@example.org>").expect("250");
            client.send("RCPT TO:<bob@elsewhere.test>").expect("550 5.7.1");
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("DATA").expect("354");
            client.send("Subject: a\r\n\r\nb\r\n.").expect("250");
        }
        AcceptedMessage message = gateway.queue.messages().getFirst();
        assertEquals("192.0.2.7", message.peer().address().getHostAddress());
        assertTrue(TestGateway.text(message).startsWith("Received: from client.example.org ([192.0.2.7])"), TestGateway.text(message));
    }

    // The proxy is on loopback, the client is not.
    @Test
    void whatLoopbackMayIsNotGrantedToWhomTheProxyBrings() throws IOException {
        try (LineClient local = gateway.submission(); LineClient brought = connect(4, FROM_OUTSIDE)) {
            assertTrue(offered(local).stream().anyMatch(line -> line.contains("AUTH")));
            assertFalse(offered(brought).stream().anyMatch(line -> line.contains("AUTH")));
        }
    }

    @Test
    void tlsIsBetweenTheClientAndThisServer() throws IOException {
        try (LineClient client = LineClient.connect(gateway.ports.bound().get(5))) {
            client.sendRaw(FROM_OUTSIDE);
            client.startTls(gateway.certificate);
            client.expect("220 ");
            assertTrue(offered(client).stream().anyMatch(line -> line.contains("AUTH")));
        }
    }
}
