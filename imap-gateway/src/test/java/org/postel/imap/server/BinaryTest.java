package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.MessageSummary;

/** BINARY, RFC 3516 and RFC 9051 §6.4.5. */
class BinaryTest {

    private static final String HEADER = "Subject: x\r\n\r\n";

    private TestGateway gateway;
    private Socket socket;
    private InputStream in;

    @BeforeEach
    void connect() throws IOException {
        gateway = new TestGateway();
        socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        in = new BufferedInputStream(socket.getInputStream());
        line();
        send("l LOGIN alice@example.test secret");
        line();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        gateway.close();
    }

    private void send(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n' && octet >= 0; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private void deliver(byte[] body, String encoding) {
        byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, message, header.length, body.length);
        gateway.mail.deliver(message, MessageSummary.newBuilder().setEnvelope(Envelope.getDefaultInstance()).setBody(BodyPart.newBuilder()
                .setType(ByteString.copyFromUtf8("application")).setSubtype(ByteString.copyFromUtf8("octet-stream"))
                .setEncoding(ByteString.copyFromUtf8(encoding)).setBodyStart(header.length).setBodyEnd(message.length)).build());
    }

    private void select() throws IOException {
        send("s SELECT INBOX");
        for (String line = line(); !line.startsWith("s OK"); line = line()) {
            assertEquals('*', line.charAt(0));
        }
    }

    /** The one literal of the answer to a FETCH, which begins so. */
    private byte[] fetch(String item, String before) throws IOException {
        send("f FETCH 1 (" + item + ")");
        String line = line();
        assertEquals(before, line.substring(0, line.indexOf('{')));
        byte[] octets = in.readNBytes(Integer.parseInt(line.substring(line.indexOf('{') + 1, line.length() - 1)));
        line();
        String end = line();
        while (!end.startsWith("f ")) {
            end = line();
        }
        assertEquals("f OK FETCH completed", end);
        return octets;
    }

    @Test
    void aPartIsDecodedAndSizedAlike() throws IOException {
        Random random = new Random(5);
        byte[] octets = new byte[300_000];
        random.nextBytes(octets);
        deliver(Base64.getMimeEncoder().encode(octets), "BASE64");
        select();
        send("f FETCH 1 BINARY.SIZE[1]");
        assertEquals("* 1 FETCH (BINARY.SIZE[1] 300000)", line());
        line();
        assertArrayEquals(octets, fetch("BINARY.PEEK[1]", "* 1 FETCH (BINARY[1] ~"));
        for (long[] cut : new long[][] {{0, 1}, {70_001, 100_003}, {299_999, 10}, {300_000, 5}, {0, 4_000_000_000L}}) {
            byte[] wanted = Arrays.copyOfRange(octets, (int) cut[0], (int) Math.min(octets.length, cut[0] + cut[1]));
            String nul = new String(wanted, StandardCharsets.ISO_8859_1).indexOf(0) < 0 ? "" : "~";
            assertArrayEquals(wanted, fetch("BINARY.PEEK[1]<" + cut[0] + "." + cut[1] + ">", "* 1 FETCH (BINARY[1]<" + cut[0] + "> " + nul));
        }
        assertEquals(List.of(), gateway.mail.flags(1));
    }

    @Test
    void octetsWithoutNulAreAnOrdinaryLiteral() throws IOException {
        deliver("caf=E9=\r\n au lait".getBytes(StandardCharsets.US_ASCII), "Quoted-Printable");
        select();
        assertEquals("caf\u00e9 au lait", new String(fetch("BINARY[1]", "* 1 FETCH (BINARY[1] "), StandardCharsets.ISO_8859_1));
        assertEquals(List.of("\\Seen"), gateway.mail.flags(1));
    }

    @Test
    void anUnknownEncodingFailsTheRequest() throws IOException {
        deliver("begin 644 x".getBytes(StandardCharsets.US_ASCII), "x-uuencode");
        select();
        for (String item : List.of("BINARY.PEEK[1]", "BINARY.SIZE[1]", "BODY.PEEK[] BINARY.PEEK[1]")) {
            send("f FETCH 1 (" + item + ")");
            assertEquals("f NO [UNKNOWN-CTE] The encoding of a part is not known here", line());
        }
        send("f FETCH 1 (BINARY.PEEK[2] BINARY.SIZE[2])");
        assertEquals("* 1 FETCH (BINARY[2] NIL BINARY.SIZE[2] 0)", line());
        assertEquals("f OK FETCH completed", line());
    }

    /** RFC 3501 §4.3 and RFC 3516 §4.3: a literal has no NUL, a literal8 may. */
    @Test
    void nulGoesAsItIsInBinaryOnly() throws IOException {
        byte[] body = {'a', 0, 'b'};
        deliver(body, "binary");
        select();
        String all = HEADER + "a\0b";
        assertEquals(all, new String(fetch("BINARY[]", "* 1 FETCH (BINARY[] ~"), StandardCharsets.ISO_8859_1));
        assertArrayEquals(body, fetch("BINARY[1]", "* 1 FETCH (BINARY[1] ~"));
        for (String item : List.of("BODY[]", "RFC822")) {
            assertEquals(all.replace('\0', '\u0080'), new String(fetch(item, "* 1 FETCH (" + item + " "), StandardCharsets.ISO_8859_1));
        }
        assertEquals("a\u0080b", new String(fetch("BODY[TEXT]", "* 1 FETCH (BODY[TEXT] "), StandardCharsets.ISO_8859_1));
    }
}
