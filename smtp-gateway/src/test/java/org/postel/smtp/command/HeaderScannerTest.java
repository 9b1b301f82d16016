package org.postel.smtp.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderScannerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void contentPassesUnchangedInAnyPieces() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "aB: \t\r\n.\u00ff";
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(random.nextInt(50) == 0 ? 30_000 : 60); i > 0; i--) {
                char letter = letters.charAt(random.nextInt(letters.length()));
                text.append(letter == '\r' || letter == '\n' ? "\r\n" : String.valueOf(letter));
            }
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            HeaderScanner scanner = new HeaderScanner(passed::write, 1 << 20, Set.of("bcc"), header -> List.of());
            byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            int position = 0;
            while (position < octets.length) {
                int piece = Math.min(octets.length - position, 1 + random.nextInt(30));
                scanner.accept(octets, position, piece);
                position += piece;
            }
            scanner.end();
            assertEquals(text.toString(), passed.toString(StandardCharsets.ISO_8859_1), "seed " + seed);
        }
    }

    @Test
    void aFieldThatIsNotKnownToItsEndIsMalformedHoweverFewCharactersItHas() {
        assertTrue(scan("From: me@example.test (" + "\u00e9".repeat(4_090) + "), boss@example.test\r\n\r\n").malformed());
    }

    @Test
    void countsTheFieldsOfTheHeaderAndNotOfTheBody() {
        Header header = scan("Received: a\r\nRECEIVED: b\r\n\tc\r\nFrom:\r\n alice@example.test\r\nMessage-ID : <1@x>\r\nX: y\r\n\r\nReceived: no\r\nFrom: z\r\n");
        assertEquals(2, header.count("received"));
        assertEquals(List.of("alice@example.test"), header.values("from"));
        assertEquals("<1@x>", header.messageId().orElseThrow());
        assertFalse(header.malformed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no field\r\n\r\n", " folded first\r\n\r\n", "From x@y Mon Jan 1\r\nA: b\r\n\r\n", ": empty\r\n\r\n", "a b: c\r\n\r\n", "\u00fc: c\r\n\r\n"})
    void aLineThatIsNoFieldIsNoted(String text) {
        assertTrue(scan(text).malformed());
    }

    // RFC 5322 §3.6.3. A | stands for a line end.
    @ParameterizedTest
    @CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, value = {
        "Bcc: a@b.test|A: b||Bcc: in the body|~A: b||Bcc: in the body|",
        "A: b|BCC:|\t a@b.test,| c@d.test|C: d||~A: b|C: d||",
        "Bcc : a|bcc: b|A: b|~A: b|",
        "A: b|Bcc: a|~A: b|",
        "Bcc: a||~|",
        "X-Bcc: a| Bcc: b|Bccc: c||~X-Bcc: a| Bcc: b|Bccc: c||",
        "Bcc: a|| folded in the body|~| folded in the body|",
    })
    void aFieldIsLeftOutWithAllItsLines(String sent, String passed) {
        for (int piece = 1; piece < 20; piece++) {
            out.reset();
            HeaderScanner scanner = new HeaderScanner(out::write, 1 << 20, Set.of("bcc"), header -> List.of());
            byte[] octets = sent.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int at = 0; at < octets.length; at += piece) {
                scanner.accept(octets, at, Math.min(piece, octets.length - at));
            }
            scanner.end();
            assertEquals(passed.replace("|", "\r\n"), out.toString(StandardCharsets.US_ASCII), "pieces of " + piece);
        }
    }

    @Test
    void aFieldIsLeftOutHoweverLongItsLinesAre() {
        scan("A: b\r\nBcc: " + "x".repeat(20_000) + "\r\n " + "y".repeat(20_000) + "\r\nC: d\r\n\r\n", "Date: now");
        assertEquals("A: b\r\nC: d\r\nDate: now\r\n\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void missingFieldsComeBeforeTheBody() {
        scan("A: b\r\n\r\nbody\r\n", "Date: now", "X: y");
        assertEquals("A: b\r\nDate: now\r\nX: y\r\n\r\nbody\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void missingFieldsComeAtTheEndWhereThereIsNoBody() {
        scan("A: b\r\n", "Date: now");
        assertEquals("A: b\r\nDate: now\r\n", out.toString(StandardCharsets.US_ASCII));
    }

    // SAFETY row 13
    @Test
    void aHeaderOverTheLimitIsNotedAndPassesOn() {
        String text = "A: " + "x".repeat(5000) + "\r\n\r\nbody";
        HeaderScanner scanner = new HeaderScanner(out::write, 1024, Set.of(), header -> List.of());
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        scanner.accept(octets, 0, octets.length);
        scanner.end();
        assertTrue(scanner.header().tooLarge());
        assertEquals(text, out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void aMillionFieldsAreCountedAndNotKept() {
        Header header = scan("From: a\r\n".repeat(50_000) + "\r\n");
        assertEquals(50_000, header.count("from"));
        assertEquals(4, header.values("from").size());
    }

    @Test
    void aFieldTooLongToBeReadIsMalformed() {
        assertTrue(scan("From: " + "x,".repeat(10_000) + "\r\n\r\n").malformed());
        assertTrue(scan("From: a\r\n" + " b\r\n".repeat(10_000) + "\r\n").malformed());
    }

    private Header scan(String text, String... missing) {
        HeaderScanner scanner = new HeaderScanner(out::write, 1 << 20, Set.of("bcc"), header -> List.of(missing));
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        scanner.accept(octets, 0, octets.length);
        scanner.end();
        return scanner.header();
    }
}
