package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.postel.smtp.server.TestGateway.ehlo;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.BodyType;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.Content;
import org.postel.wire.LineClient;

/** BDAT over the wire: RFC 3030. */
class ChunkingTest {

    private TestGateway gateway;
    private LineClient client;

    @BeforeEach
    void connect() throws IOException {
        gateway = new TestGateway(Map.of());
        client = ehlo(gateway.mx());
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        client.close();
        gateway.close();
        for (int i = 0; i < 100 && gateway.budget.available() < TestGateway.BUDGET; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(TestGateway.BUDGET, gateway.budget.available());
        assertEquals(0, gateway.store.open());
    }

    @Test
    void aWholeTransactionIsPipelined() throws IOException {
        client.sendRaw("MAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nBDAT 11\r\nSubject: x\rBDAT 8 LAST\r\n\n\r\n.\r\n\r\nMAIL FROM:<>\r\nNOOP\r\n");
        client.expect("250 2.1.0");
        client.expect("250 2.1.5");
        client.expect("250 2.0.0 11 octets received");
        client.expect("250 2.0.0 Queued as ");
        client.expect("250 2.1.0");
        client.expect("250 2.0.0 Done nothing");
        assertTrue(TestGateway.text(gateway.queue.messages().getFirst()).endsWith("+0000\r\nSubject: x\r\n\r\n.\r\n\r\n"));
    }

    // RFC 3030 §3
    @Test
    void aBinaryMessageIsQueuedOctetForOctet() throws IOException {
        StringBuilder octets = new StringBuilder("A: b\r\n\r\n");
        for (char octet = 0; octet < 256; octet++) {
            octets.append(octet).append('\r').append(octet).append('\n');
        }
        client.sendRaw("MAIL FROM:<> BODY=BINARYMIME\r\nRCPT TO:<bob@example.test>\r\n");
        client.expect("250");
        client.expect("250");
        client.send("DATA").expect("503 5.5.1");
        chunk(octets.substring(0, 300), false).expect("250 2.0.0 300 octets");
        chunk(octets.substring(300) + "no end", true).expect("250 2.0.0 Queued as ");
        AcceptedMessage message = gateway.queue.messages().getFirst();
        assertEquals(BodyType.BINARY_MIME, message.envelope().mail().body());
        assertTrue(TestGateway.text(message).endsWith("+0000\r\n" + octets + "no end"));
    }

    @Test
    void dotsAndCommandsInAChunkAreContent() throws IOException {
        envelope();
        chunk("A: b\r\n\r\n.\r\nQUIT\r\n", false).expect("250 2.0.0 17 octets received");
        client.send("NOOP").expect("250 2.0.0");
        chunk("..\r\n", true).expect("250 2.0.0 Queued as ");
        assertTrue(TestGateway.text(gateway.queue.messages().getFirst()).endsWith("+0000\r\nA: b\r\n\r\n.\r\nQUIT\r\n..\r\n"));
        client.send("NOOP").expect("250 2.0.0 Done nothing");
    }

    @Test
    void anEmptyLastChunkEndsTheMessage() throws IOException {
        envelope();
        chunk("A: b\r\n", false).expect("250");
        chunk("", true).expect("250 2.0.0 Queued as ");
        envelope();
        chunk("A: b", true).expect("250 2.0.0 Queued as ");
        assertTrue(TestGateway.text(gateway.queue.messages().getLast()).endsWith("+0000\r\nA: b\r\n"));
    }

    @Test
    void largeContentGoesThroughTheClaimCheck() throws IOException {
        envelope();
        String megabyte = "0123456789abcde\r\n".repeat(60_000);
        chunk("A: b\r\n\r\n" + megabyte, false).expect("250");
        chunk(megabyte.substring(0, 500_000), true).expect("250 2.0.0 Queued as ");
        AcceptedMessage message = gateway.queue.messages().getFirst();
        assertTrue(message.content() instanceof Content.Claimed(long size) && size == gateway.store.finished().get(message.id()).length);
    }

    // SAFETY row 1: a chunk that is read in many pieces ends where its size says, also where more was received with its end.
    @Test
    void whatFollowsALargeChunkIsNoContent() throws IOException {
        envelope();
        String content = "A: b\r\n\r\n" + "0123456789abcde\r\n".repeat(3_000);
        client.sendRaw("BDAT " + content.length() + " LAST\r\n" + content + "MAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.test>\r\nNOOP\r\n");
        client.expect("250 2.0.0 Queued as ");
        client.expect("250 2.1.0");
        client.expect("250 2.1.5");
        client.expect("250 2.0.0 Done nothing");
        assertTrue(TestGateway.text(gateway.queue.messages().getFirst()).endsWith("+0000\r\n" + content));
    }

    // The octets of a refused chunk are content all the same: none of them is read as a command.
    @ParameterizedTest
    @ValueSource(strings = {"", "MAIL FROM:<>\r\n", "MAIL FROM:<>\r\nRCPT TO:<nobody@example.test>\r\n"})
    void aChunkOutOfOrderIsReadAndRefused(String before) throws IOException {
        client.sendRaw(before + "BDAT 12\r\nRSET\r\nQUIT\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
        for (long lines = before.lines().count(); lines > 0; lines--) {
            client.readLine();
        }
        client.expect("503 5.5.1");
        client.expect("503 5.5.1 Send MAIL first");
        client.expect("250 2.0.0 Done nothing");
    }

    @Test
    void dataAndChunksAreNotMixed() throws IOException {
        envelope();
        chunk("A: b\r\n\r\n", false).expect("250");
        client.send("DATA").expect("503 5.5.1");
        client.send("RCPT TO:<alice@example.test>").expect("503 5.5.1");
        client.send("MAIL FROM:<>").expect("503 5.5.1");
        client.send("STARTTLS").expect("503 5.5.1");
        chunk("", true).expect("250 2.0.0 Queued as ");
        assertEquals(1, gateway.queue.messages().getFirst().envelope().to().size());
    }

    // SAFETY row 16
    @Test
    void tooLargeIsSaidAfterTheChunkAndEndsTheTransaction() throws IOException {
        envelope();
        chunk("A: b\r\n\r\n" + "x".repeat(3_000_000), false).expect("552 5.3.4");
        chunk("rest\r\n", true).expect("503 5.5.1 Send MAIL first");
        client.send("NOOP").expect("250");
        assertEquals(0, gateway.queue.messages().size());
    }

    // SAFETY row 1
    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\0"})
    void noMailHidesInAChunk(String sequence) throws IOException {
        envelope();
        chunk("A: b\r\n\r\nbody" + sequence + "MAIL FROM:<admin@example.test>\r\n", false).expect("550 5.6.");
        chunk("\r\n", true).expect("503 5.5.1");
        assertEquals(0, gateway.queue.messages().size());
    }

    @Test
    void resetForgetsWhatHasCome() throws IOException {
        for (String end : new String[] {"RSET", "HELO client", "EHLO client"}) {
            envelope();
            chunk("A: b\r\n\r\n", false).expect("250");
            String line = client.send(end).expect("250");
            while (line.startsWith("250-")) {
                line = client.readLine();
            }
            assertEquals(TestGateway.BUDGET, gateway.budget.available());
            chunk("C: d\r\n", true).expect("503 5.5.1 Send MAIL first");
        }
    }

    @Test
    void whatCannotBeKeptIsTemporary() throws IOException {
        gateway.store.failAfter(300_000);
        envelope();
        chunk("A: b\r\n\r\n" + "x".repeat(500_000), false).expect("451 4.3.0");
        chunk("\r\n", true).expect("503");
        gateway.queue.down(true);
        envelope();
        chunk("A: b\r\n\r\n", true).expect("451 4.3.0");
    }

    @Test
    void aChunkOfUnknownSizeEndsTheSession() throws IOException {
        envelope();
        client.sendRaw("BDAT many LAST\r\nRSET\r\n").expect("501 5.5.4");
        client.expectClosed();
    }

    @Test
    void aChunkWithoutPlaceThatNoMessageMayHaveIsNotReadToItsEnd() throws IOException {
        client.sendRaw("BDAT 999999999999999999 LAST\r\n").expect("503 5.5.1");
        client.expectClosed();
    }

    private void envelope() throws IOException {
        client.send("MAIL FROM:<a@example.org>").expect("250 2.1.0");
        client.send("RCPT TO:<bob@example.test>").expect("250 2.1.5");
    }

    private LineClient chunk(String octets, boolean last) throws IOException {
        return client.sendRaw("BDAT " + octets.length() + (last ? " LAST" : "") + "\r\n" + octets);
    }
}
