package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.wire.LineClient;

/** What is queued of LMTP; what is said is in the transcripts. */
class LmtpTest {

    @Test
    void allRecipientsShareOneRecordAndNoneIsInItTwice() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("lmtp.port", "0", "lmtp.trusted", "127.0.0.1"));
             LineClient client = LineClient.connect(gateway.ports.bound().getLast())) {
            client.expect("220 ");
            client.sendRaw("LHLO mta.example.test\r\n");
            while (client.expect("250").startsWith("250-")) {
                continue;
            }
            client.sendRaw("MAIL FROM:<c@example.org>\r\nRCPT TO:<alice@example.test>\r\nRCPT TO:<bob@example.test>\r\nRCPT TO:<alice@example.test>\r\nDATA\r\n");
            for (int i = 0; i < 4; i++) {
                client.expect("250");
            }
            client.expect("354");
            client.sendRaw("A: b\r\n\r\n.\r\n");
            String queued = client.expect("250 2.0.0 Queued as ");
            assertEquals(queued, client.readLine());
            assertEquals(queued, client.readLine());
            AcceptedMessage message = gateway.queue.messages().getFirst();
            assertEquals(1, gateway.queue.messages().size());
            assertEquals(2, message.envelope().to().size());
            assertTrue(TestGateway.text(message).contains(" with LMTP id "), TestGateway.text(message));
        }
    }

    // SAFETY row 3
    @Test
    void whoDoesNotWaitForTheAnswerToLhloIsCutOff() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("lmtp.port", "0", "lmtp.trusted", "127.0.0.1"));
             LineClient client = LineClient.connect(gateway.ports.bound().getLast())) {
            client.expect("220 ");
            client.sendRaw("LHLO mta.example.test\r\nMAIL FROM:<c@example.org>\r\n").expect("554 5.5.0");
            client.expectClosed();
        }
    }

    @Test
    void whoIsNotTrustedIsCutOff() throws IOException {
        try (TestGateway gateway = new TestGateway(Map.of("lmtp.port", "0", "lmtp.trusted", "192.0.2.0/24"));
             LineClient client = LineClient.connect(gateway.ports.bound().getLast())) {
            client.expectClosedAfter("LHLO mta.example.test\r\n");
        }
    }
}
