package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** COMPRESS=DEFLATE, RFC 4978, and SAFETY row 31. */
@Timeout(60)
class CompressTest {

    private static final byte[] EMPTY_BLOCK = {0, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private static LineClient compressed(TestGateway gateway) throws IOException {
        LineClient client = gateway.login();
        client.send("c COMPRESS DEFLATE").expect("c OK ");
        return client.startCompression();
    }

    @Test
    void commandsAndAnswersAreCompressed() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            gateway.mail.deliver("Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
            try (LineClient client = compressed(gateway)) {
                client.send("s SELECT INBOX");
                while (!client.readLine().startsWith("s OK")) { }
                client.send("f FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]");
                client.expect("* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {15}");
                client.expect("Subject: hi");
                client.expect("");
                client.expect(")");
                client.expect("f OK");
                client.send("l LOGOUT").expect("* BYE");
                client.expect("l OK");
            }
        }
    }

    @Test
    void theCapabilityIsOfferedAfterLoginAndUntilItIsOn() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = LineClient.connect(gateway.port())) {
            assertTrue(!client.readLine().contains("COMPRESS"));
            client.send("x COMPRESS DEFLATE").expect("x BAD Log in first");
            assertTrue(client.send("l LOGIN alice@example.test secret").readLine().contains(" COMPRESS=DEFLATE"));
            client.send("c COMPRESS DEFLATE").expect("c OK ");
            client.startCompression();
            assertTrue(!client.send("d CAPABILITY").readLine().contains("COMPRESS"));
            client.expect("d OK");
        }
    }

    @Test
    void anUnknownAlgorithmAndASecondTimeAreRefusedAndTheSessionLives() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("a COMPRESS LZ4").expect("a NO [CANNOT]");
            client.send("b COMPRESS").expect("b BAD");
            client.send("c COMPRESS deflate").expect("c OK ");
            client.startCompression();
            client.send("d COMPRESS DEFLATE").expect("d NO [COMPRESSIONACTIVE]");
            client.send("e NOOP").expect("e OK");
        }
    }

    @Test
    void itGoesBetweenTheProtocolAndTls(@TempDir java.nio.file.Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.in(folder);
        try (TestGateway gateway = new TestGateway(Map.of(), Optional.of(certificate.load()));
             LineClient client = gateway.connect()) {
            client.send("t STARTTLS").expect("t OK");
            client.startTls(certificate);
            client.send("l LOGIN alice@example.test secret").expect("l OK");
            client.send("c COMPRESS DEFLATE").expect("c OK ");
            client.startCompression();
            client.send("n NOOP").expect("n OK");
        }
    }

    /** RFC 8437 §4.1: nobody could say where the compressed octets end. */
    @Test
    void aCompressedConnectionStaysWithItsUser() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = compressed(gateway)) {
            assertTrue(!client.send("c CAPABILITY").readLine().contains("UNAUTHENTICATE"));
            client.expect("c OK");
            client.send("u UNAUTHENTICATE").expect("u BAD");
            client.send("n NOOP").expect("n OK");
        }
    }

    @Test
    void moreConnectionsThanThereIsMemoryForStayAsTheyAre() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.max-compressed-connections", "1"), Optional.empty())) {
            try (LineClient first = compressed(gateway); LineClient second = gateway.login()) {
                second.send("c COMPRESS DEFLATE").expect("c NO [LIMIT]");
                second.send("n NOOP").expect("n OK");
                first.send("l LOGOUT").expect("* BYE");
                first.expect("l OK");
                first.expectClosed();
                // The place is free once the connection's thread has ended.
                String answer = "";
                while (!answer.startsWith("c OK")) {
                    answer = second.send("c COMPRESS DEFLATE").readLine();
                }
            }
        }
    }

    @Test
    void whatFindsNoMemoryToBeCompressedGoesOutInStoredBlocks() throws Exception {
        try (TestGateway gateway = new TestGateway(Map.of("postel.imap.compression-memory", "0"), Optional.empty());
             LineClient client = compressed(gateway)) {
            String line = "y".repeat(98);
            int uid = gateway.mail.deliver(("Subject: hi\r\n\r\n" + (line + "\r\n").repeat(1500)).getBytes(StandardCharsets.US_ASCII));
            client.send("s SELECT INBOX");
            while (!client.readLine().startsWith("s OK")) { }
            client.send("f UID FETCH " + uid + " BODY.PEEK[TEXT]").expect("* 1 FETCH (UID 1 BODY[TEXT] {150000}");
            for (int i = 0; i < 1500; i++) {
                assertEquals(line, client.readLine());
            }
            client.expect(")");
            client.expect("f OK");
        }
    }

    /** CVE-2026-40203: an answer is as long after a secret that it repeats as after one that it does not. */
    @Test
    void noAnswerIsCompressedWithTheOctetsOfAnother() throws Exception {
        try (TestGateway gateway = new TestGateway()) {
            byte[] answer = answers(gateway, "a ID NIL\r\n", 1);
            byte[] twoAnswers = answers(gateway, "a ID NIL\r\na ID NIL\r\n", 2);
            byte[] twice = Arrays.copyOf(answer, 2 * answer.length);
            System.arraycopy(answer, 0, twice, answer.length, answer.length);
            assertArrayEquals(twice, twoAnswers);
        }
    }

    /** The octets as they come over the wire for commands that are sent together. */
    private static byte[] answers(TestGateway gateway, String commands, int count) throws Exception {
        try (LineClient client = gateway.login()) {
            client.send("c COMPRESS DEFLATE").expect("c OK ");
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
            client.socket().getOutputStream().write(deflated(deflater, commands.getBytes(StandardCharsets.US_ASCII)));
            InputStream in = client.socket().getInputStream();
            Inflater inflater = new Inflater(true);
            byte[] wire = new byte[10_000];
            byte[] plain = new byte[10_000];
            int length = 0;
            int got = 0;
            while (new String(plain, 0, got, StandardCharsets.US_ASCII).split("a OK ID completed\r\n", -1).length <= count
                    || !endsInEmptyBlock(wire, length)) {
                int read = in.read(wire, length, wire.length - length);
                inflater.setInput(wire, length, read);
                got += inflater.inflate(plain, got, plain.length - got);
                length += read;
            }
            inflater.end();
            deflater.end();
            return Arrays.copyOf(wire, length);
        }
    }

    private static boolean endsInEmptyBlock(byte[] octets, int length) {
        return length > 4 && Arrays.equals(octets, length - 4, length, EMPTY_BLOCK, 1, 5);
    }

    private static byte[] deflated(Deflater deflater, byte[] plain) {
        byte[] out = new byte[plain.length + 1000];
        deflater.setInput(plain);
        return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH));
    }

    @Test
    void blocksThatAreEmptyChangeNothing() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = compressed(gateway)) {
            for (int i = 0; i < 1000; i++) {
                client.socket().getOutputStream().write(EMPTY_BLOCK);
            }
            client.send("i IDLE").expect("+ idling");
            client.socket().getOutputStream().write(EMPTY_BLOCK);
            gateway.mail.deliver("Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
            client.send("DONE").expect("i OK");
        }
    }

    @Test
    void aClientInIdleThatSentAnEmptyBlockIsStillTold() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = compressed(gateway)) {
            client.send("s SELECT INBOX");
            while (!client.readLine().startsWith("s OK")) { }
            client.send("i IDLE").expect("+ idling");
            client.socket().getOutputStream().write(EMPTY_BLOCK);
            gateway.mail.deliver("Subject: hi\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
            client.expect("* 1 EXISTS");
        }
    }

    @Test
    void whatIsNotDeflateEndsTheConnection() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("c COMPRESS DEFLATE").expect("c OK ");
            client.send("a NOOP");
            client.startCompression().expect("* BYE");
            client.expectClosed();
        }
    }

    @Test
    void aStreamThatEndsEndsTheConnection() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = gateway.login()) {
            client.send("c COMPRESS DEFLATE").expect("c OK ");
            Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
            deflater.setInput("a NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
            deflater.finish();
            byte[] out = new byte[100];
            client.socket().getOutputStream().write(out, 0, deflater.deflate(out));
            client.startCompression().expect("a OK");
            client.socket().getOutputStream().write(EMPTY_BLOCK);
            client.expect("* BYE");
            client.expectClosed();
        }
    }

    @Test
    void aBombInALineOrInALiteralEndsTheConnection() throws Exception {
        for (String start : new String[] {"a NOOP ", "a APPEND INBOX {50000000+}\r\n", "a SELECT {50000000+}\r\n"}) {
            try (TestGateway gateway = new TestGateway(Map.of("postel.imap.max-message-size", "1M"), Optional.empty());
                 LineClient client = compressed(gateway)) {
                long sent = bomb(client, start.getBytes(StandardCharsets.US_ASCII));
                assertTrue(sent < 2_000_000, start + " took " + sent + " octets");
            }
        }
    }

    /** Sends what inflates to a thousandfold until the server has enough; how many octets that were. */
    private static long bomb(LineClient client, byte[] start) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] million = "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[100_000];
        long sent = 0;
        client.send("n NOOP").expect("n OK");
        // The client's own stream has come to a whole octet: another can go on from there.
        deflater.setInput(start);
        try {
            for (int i = 0; i < 1000; i++) {
                int count = deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
                client.socket().getOutputStream().write(out, 0, count);
                sent += count;
                deflater.setInput(million);
            }
        } catch (SocketException closed) {
            return sent;
        } finally {
            deflater.end();
        }
        while (!client.readLine().startsWith("* BYE")) { }
        return sent;
    }

    @Test
    void aLargeMessageThatCompressesWellIsNoBomb() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = compressed(gateway)) {
            String message = "Subject: zeros\r\n\r\n" + "0".repeat(20_000_000);
            client.send("a APPEND INBOX {" + message.length() + "+}").sendRaw(message).send("").expect("a OK");
            client.send("n NOOP").expect("n OK");
        }
    }

    /** RFC 3516 §4: literal8 is counted in octets before they are compressed. */
    @Test
    void octetsOfAnyKindPassBothWays() throws Exception {
        try (TestGateway gateway = new TestGateway(); LineClient client = compressed(gateway)) {
            String message = "Subject: zero\r\n\r\n\0\0\r\n";
            client.send("a APPEND INBOX ~{" + message.length() + "+}").sendRaw(message).send("").expect("a OK");
            client.send("e EXAMINE INBOX");
            while (!client.readLine().startsWith("e OK")) { }
            client.send("f FETCH 1 BINARY.PEEK[]").expect("* 1 FETCH (BINARY[] ~{" + message.length() + "}");
            client.expect("Subject: zero");
            client.expect("");
            client.expect("\0\0");
            client.expect(")");
            client.expect("f OK");
        }
    }
}
