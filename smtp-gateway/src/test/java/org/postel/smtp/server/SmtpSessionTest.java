package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.postel.smtp.server.TestGateway.ehlo;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Content;
import org.postel.wire.LineClient;

class SmtpSessionTest {

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = new TestGateway(Map.of("max-errors", "5", "max-recipients", "3", "max-idle-commands", "8"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aMailIsAcceptedAndNamed() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<carol@example.org> BODY=8BITMIME").expect("250 2.1.0");
            client.send("RCPT TO:<alice@example.test>").expect("250 2.1.5");
            client.send("RCPT TO:<nobody@example.test>").expect("550 5.1.1");
            client.send("RCPT TO:<x@example.org>").expect("550 5.7.1");
            client.send("DATA").expect("354 ");
            client.sendRaw("Subject: h\u00e9\r\n\r\n..dot\r\n.\r\n");
            String queued = client.expect("250 2.0.0 Queued as ");
            AcceptedMessage message = gateway.queue.messages().stream()
                .filter(each -> queued.endsWith(each.id().toString())).findFirst().orElseThrow();
            assertTrue(TestGateway.text(message).endsWith("Subject: h\u00e9\r\n\r\n.dot\r\n"));
            assertEquals(1, message.envelope().to().size());
            client.send("QUIT").expect("221 2.0.0");
            client.expectClosed();
        }
    }

    @Test
    void aPipelinedTransactionIsServedInOrder() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.sendRaw("MAIL FROM:<>\r\nRCPT TO:<alice@example.test>\r\nRCPT TO:<nobody@example.test>\r\nDATA\r\n");
            client.expect("250 2.1.0");
            client.expect("250 2.1.5");
            client.expect("550 5.1.1");
            client.expect("354 ");
            client.sendRaw("A: b\r\n\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<alice@example.test>\r\nNOOP\r\n");
            client.expect("250 2.0.0 Queued as ");
            client.expect("250 2.1.0");
            client.expect("250 2.1.5");
            client.expect("250 2.0.0");
        }
    }

    @Test
    void secondMailInATransactionIsRefused() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<>").expect("250 2.1.0");
            client.send("MAIL FROM:<>").expect("503 5.5.1");
            client.send("RSET").expect("250 2.0.0");
            client.send("MAIL FROM:<>").expect("250 2.1.0");
        }
    }

    @Test
    void recipientsOverTheLimitMayComeInAnotherTransaction() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<>").expect("250 2.1.0");
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("RCPT TO:<bob@example.test>").expect("250");
            client.send("RCPT TO:<postmaster@example.test>").expect("250");
            client.send("RCPT TO:<\"a b\"@example.test>").expect("452 4.5.3");
        }
    }

    // RFC 5321 §4.5.3.1.10: a client that does not wait for replies has sent some more; one that goes on does not listen.
    @Test
    void recipientsFarOverTheLimitAreCountedAsErrors() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<>").expect("250 2.1.0");
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("RCPT TO:<bob@example.test>").expect("250");
            client.send("RCPT TO:<postmaster@example.test>").expect("250");
            for (int i = 0; i < 9; i++) {
                client.send("RCPT TO:<\"a b\"@example.test>").expect("452 4.5.3");
            }
            client.expect("421 4.7.0 Too many errors");
            client.expectClosed();
        }
    }

    @Test
    void aMailForgivesRecipientsOverTheLimit() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            for (int mail = 0; mail < 4; mail++) {
                client.send("MAIL FROM:<>").expect("250 2.1.0");
                client.send("RCPT TO:<alice@example.test>").expect("250");
                client.send("RCPT TO:<bob@example.test>").expect("250");
                client.send("RCPT TO:<postmaster@example.test>").expect("250");
                for (int i = 0; i < 3; i++) {
                    client.send("RCPT TO:<\"a b\"@example.test>").expect("452 4.5.3");
                }
                client.sendRaw("BDAT 6 LAST\r\nA: b\r\n").expect("250 2.0.0 Queued as ");
            }
        }
    }

    @Test
    void aLargeMailGoesThroughTheClaimCheck() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<> SIZE=1000000").expect("250");
            client.send("RCPT TO:<bob@example.test>").expect("250");
            client.send("DATA").expect("354");
            String body = "0123456789\r\n".repeat(80_000);
            client.sendRaw("Subject: large\r\n\r\n" + body + ".\r\n");
            String queued = client.expect("250 2.0.0 Queued as ");
            AcceptedMessage message = gateway.queue.messages().stream()
                .filter(each -> queued.endsWith(each.id().toString())).findFirst().orElseThrow();
            assertTrue(message.content() instanceof Content.Claimed(long size) && size == gateway.store.finished().get(message.id()).length);
        }
    }

    // SAFETY row 16
    @Test
    void tooLargeIsSaidAtMailOrAfterTheDot() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<> SIZE=3000000").expect("552 5.3.4");
            client.send("MAIL FROM:<>").expect("250");
            client.send("RCPT TO:<bob@example.test>").expect("250");
            client.send("DATA").expect("354");
            client.sendRaw("A: b\r\n\r\n" + "x".repeat(3_000_000) + "\r\n.\r\n").expect("552 5.3.4");
            client.send("NOOP").expect("250");
        }
    }

    @Test
    void aSilentBackendIsTemporary() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<>").expect("250");
            gateway.directory.down(true);
            client.send("RCPT TO:<bob@example.test>").expect("451 4.4.3");
            gateway.directory.down(false);
            client.send("RCPT TO:<bob@example.test>").expect("250");
            gateway.queue.down(true);
            client.send("DATA").expect("354");
            client.sendRaw("A: b\r\n\r\n.\r\n").expect("451 4.3.0");
        } finally {
            gateway.directory.down(false);
            gateway.queue.down(false);
        }
    }

    // SAFETY row 3
    @ParameterizedTest
    @ValueSource(strings = {"EHLO x\r\nMAIL FROM:<>\r\n", "HELO x\r\nMAIL FROM:<>\r\n", "DATA\r\nSubject: x\r\n\r\n.\r\n", "STARTTLS\r\nEHLO x\r\n"})
    void whoDoesNotWaitForTheReplyIsCutOff(String octets) throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.sendRaw(octets).expect("554 5.5.0");
            client.expectClosed();
        }
    }

    // SAFETY row 7
    @Test
    void httpIsCutOffBeforeAnythingIsEchoed() throws IOException {
        try (LineClient client = gateway.mx()) {
            client.sendRaw("POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\n").expect("554 5.5.0 This is not HTTP");
            client.expectClosed();
        }
    }

    // SAFETY row 17
    @Test
    void aLineOverTheLimitIsRefusedAndTheNextOneServed() throws IOException {
        try (LineClient client = gateway.mx()) {
            client.send("NOOP " + "x".repeat(500_000)).expect("500 5.5.2");
            client.send("NOOP").expect("250");
        }
    }

    // SAFETY row 1: what smuggles in content would smuggle in commands too.
    @ParameterizedTest
    @ValueSource(strings = {"NOOP\n", "NOOP\rNOOP\r\n", "NO\nOP\r\n"})
    void aBareLineEndInACommandIsRefused(String octets) throws IOException {
        try (LineClient client = gateway.mx()) {
            client.sendRaw(octets).expect("500 5.5.2");
        }
    }

    // SAFETY row 19
    @Test
    void tooManyErrorsEndTheSession() throws IOException {
        try (LineClient client = gateway.mx()) {
            for (int i = 0; i < 6; i++) {
                client.send("XYZZY").expect("500 5.5.2");
            }
            client.expect("421 4.7.0");
            client.expectClosed();
        }
    }

    // SAFETY row 23: guessing names ends as any other mistakes do.
    @ParameterizedTest
    @CsvSource({"<nobody@example.test>, 550 5.1.1", "<x@example.org>, 550 5.7.1"})
    void recipientsThatAreRefusedAreCountedAsErrors(String recipient, String reply) throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<>").expect("250");
            for (int i = 0; i < 6; i++) {
                client.send("RCPT TO:" + recipient).expect(reply);
            }
            client.expect("421 4.7.0 Too many errors");
            client.expectClosed();
        }
    }

    @Test
    void tooManyCommandsWithoutMailEndTheSession() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            for (int i = 0; i < 7; i++) {
                client.send("NOOP").expect("250");
            }
            client.send("NOOP").expect("421 4.7.0");
            client.expectClosed();
        }
    }

    // SAFETY row 11
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"EHLO x\0y", "EHLO \u00fc", "MAIL FROM:<a\0@example.org>", "MAIL FROM:<\"a\rb\"@example.org>"})
    void noControlReachesTheTraceLine(String line) throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            String reply = client.send(line).readLine();
            assertTrue(reply.startsWith("50"), reply);
        }
    }

    // SAFETY row 23
    @Test
    void nobodyIsToldWhoIsHere() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("VRFY alice").expect("252 2.5.2");
            client.send("VRFY nobody").expect("252 2.5.2");
            client.send("EXPN all").expect("502 5.5.1");
            client.send("ETRN example.test").expect("502 5.5.1 ETRN is not offered");
        }
    }

    @Test
    void messagesAndCommandsAreCounted() throws IOException {
        aMailIsAcceptedAndNamed();
        assertTrue(gateway.registry.get("mail.smtp.messages.total").tags("direction", "inbound", "result", "accepted").counter().count() >= 1);
        assertTrue(gateway.registry.get("mail.commands.total").tags("protocol", "smtp", "command", "rcpt", "result", "no").counter().count() >= 1);
    }
}
