package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SAFETY rows 12 and 13: whatever the octets are, there is an answer, soon, and it holds together. */
class HostileMessageTest {

    private static final int MESSAGES = 20_000;
    private static final int BIG = 8 << 20;
    private static final List<String> PIECES = List.of("\r\n", "\r\n", "\r\n", "\n", "\r", "\r\n\r\n", "--", "--a", "--a--", "--aa", "--b", "--b--", " ", "\t",
            "Content-Type: multipart/mixed; boundary=a\r\n", "Content-Type: multipart/digest; boundary=\"b\"\r\n",
            "Content-Type: multipart/alternative; boundary=aa\r\n", "Content-Type: message/rfc822\r\n", "Content-Type: text/plain;charset=\"\r\n",
            "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Disposition: x; a=b;c=(d\r\n",
            "Content-Language: a,,b (", "From: g:<a@b>,;<@x:y@z>\"(", "To: (((\"", "Subject: =?utf-8?q?=E2?= =?b?", "Date: 1 Jan", ":", ";", ",", "<", ">", "=",
            "=zz", "@", "(", ")", "\"", "\\", "text", "\u0000", "\u00ff");

    @Test
    void everyMessageHasAStructureThatHoldsTogether() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = message(random);
            String context = "seed " + seed + ", message " + i;
            MessageStructure structure = MimeScanner.scan(message);
            assertEquals(message.length, structure.body().extent().bodyEnd(), context);
            assertNested(structure.body(), context);
            assertEquals(structure, inPieces(message, random, MimeLimits.DEFAULT), context);
            search(structure, message);
        }
    }

    @Test
    void tightLimitsHold() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MimeLimits tight = new MimeLimits(3, 4, 100, 200, 1, 2);
        for (int i = 0; i < MESSAGES; i++) {
            Part body = inPieces(message(random), random, tight).body();
            String context = "seed " + seed + ", message " + i;
            assertNested(body, context);
            assertTrue(depth(body) <= 3, context);
            assertTrue(count(body) <= 4, context);
        }
    }

    @Test
    void depthEndsInAnOpaquePart() {
        String nested = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
        Part body = MimeScannerTest.scan(nested).body();
        assertEquals(MimeLimits.DEFAULT.depth(), depth(body));
    }

    @Test
    void partsOverTheLimitBelongToTheLast() {
        String message = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(6_000) + "--b--\r\n";
        List<Part> children = MimeScannerTest.scan(message).body().children();
        assertEquals(MimeLimits.DEFAULT.parts() - 1, children.size());
        assertEquals(message.length() - "\r\n--b--\r\n".length(), children.getLast().extent().bodyEnd());
    }

    static Stream<Named<String>> bombs() {
        StringBuilder nested = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\r\n\r\n");
        for (int i = 0; i < 99; i++) {
            nested.append("--b").append(i).append("\r\nContent-Type: multipart/mixed; boundary=b").append(i + 1).append("\r\n\r\n");
        }
        String multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
        return Stream.of(
                Named.of("one header line", "Subject: " + "x".repeat(BIG)),
                Named.of("many fields", "To: a@b\r\n".repeat(BIG / 9)),
                Named.of("many addresses", "To: " + "a@b,".repeat(BIG / 4)),
                Named.of("open comments", "To: " + "(".repeat(BIG)),
                Named.of("open groups", "To: " + "a:".repeat(BIG / 2)),
                Named.of("angles", "To: " + "<".repeat(BIG)),
                Named.of("routes", "To: <" + "@a,".repeat(BIG / 3)),
                Named.of("parameters", "Content-Type: text/plain" + ";a*0=b".repeat(BIG / 6)),
                Named.of("open quotes", "Content-Type: text/plain;a=" + "\"".repeat(BIG)),
                Named.of("encoded-words", "Subject: " + "=?a?q?".repeat(BIG / 6)),
                Named.of("open encoded-words", "Subject: " + "=?".repeat(BIG / 2)),
                Named.of("folds", "Subject:" + "\r\n ".repeat(BIG / 3)),
                Named.of("parts", multipart + "--b\r\n".repeat(BIG / 5)),
                Named.of("parts with headers", multipart + ("--b\r\nContent-Type: text/plain; a=b\r\n").repeat(BIG / 38)),
                Named.of("dashes under deep nesting", nested + "--\r\n--b\r\n".repeat(BIG / 9)),
                Named.of("one body line", "\r\n" + "-".repeat(BIG)),
                Named.of("short lines", "\r\n" + "\n".repeat(BIG)),
                Named.of("quoted-printable blanks", "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + " ".repeat(BIG)));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void bombIsReadInTime(String bomb) {
        byte[] message = bomb.getBytes(StandardCharsets.ISO_8859_1);
        // Measured: each well below one second on two cores; a quadratic step would take minutes.
        assertTimeout(Duration.ofSeconds(15), () -> {
            MessageStructure structure = MimeScanner.scan(message);
            search(structure, message);
        });
    }

    private static void search(MessageStructure structure, byte[] message) throws IOException {
        SearchableMessage searchable = new SearchableMessage(structure.body(), ContentSource.of(message), MimeLimits.DEFAULT);
        searchable.hasInText(new TextSearch("not there"));
        searchable.sentDay();
    }

    private static byte[] message(Random random) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int pieces = random.nextInt(60);
        for (int i = 0; i < pieces; i++) {
            message.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1));
        }
        return message.toByteArray();
    }

    private static MessageStructure inPieces(byte[] message, Random random, MimeLimits limits) {
        MimeScanner scanner = new MimeScanner(limits);
        int at = 0;
        while (at < message.length) {
            int length = Math.min(message.length - at, random.nextInt(10));
            scanner.update(message, at, length);
            at += length;
        }
        return scanner.finish();
    }

    private static void assertNested(Part part, String context) {
        long from = part.extent().bodyStart();
        for (Part child : inner(part)) {
            assertTrue(child.extent().headerStart() >= from, context);
            assertTrue(child.extent().bodyEnd() <= part.extent().bodyEnd(), context);
            assertTrue(child.lines() >= 0, context);
            from = child.extent().bodyEnd();
            assertNested(child, context);
        }
    }

    private static int depth(Part part) {
        return 1 + inner(part).stream().mapToInt(HostileMessageTest::depth).max().orElse(0);
    }

    private static int count(Part part) {
        return 1 + inner(part).stream().mapToInt(HostileMessageTest::count).sum();
    }

    private static List<Part> inner(Part part) {
        return part.message().map(message -> List.of(message.body())).orElse(part.children());
    }
}
