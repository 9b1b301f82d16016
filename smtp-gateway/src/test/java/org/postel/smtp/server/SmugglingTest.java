package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.postel.smtp.server.TestGateway.ehlo;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.wire.LineClient;

/** SAFETY row 1, over the wire: CVE-2023-51764, CVE-2023-51765, CVE-2023-51766, CVE-2023-51747. */
class SmugglingTest {

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = new TestGateway(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest(name = "CVE-2023-51764 sequence {index}")
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n.\r", "\r\n\0.\r\n", "\r\n.\0\r\n"})
    void noMailHidesInAnother(String sequence) throws IOException {
        int before = gateway.queue.messages().size();
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<a@example.org>").expect("250");
            client.send("RCPT TO:<bob@example.test>").expect("250");
            client.send("DATA").expect("354");
            client.sendRaw("Subject: outer\r\n\r\nbody" + sequence + "MAIL FROM:<admin@example.test>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n"
                + "Subject: smuggled\r\n\r\nbody\r\n.\r\n");
            client.expect("550 5.6.");
            client.send("NOOP").expect("250");
        }
        assertEquals(before, gateway.queue.messages().size());
    }
}
