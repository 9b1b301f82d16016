package org.postel.smtp.syntax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.syntax.ContentDecoder.Fault;

class ContentDecoderTest {

    private final ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    private final ContentDecoder decoder = new ContentDecoder(decoded::write);

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"\".|\",\"\"", "\"a|.|\",\"a|\"", "\"a||.|\",\"a||\"", "\"..|.|\",\".|\"",
        "\"..a|.|\",\".a|\"", "\".a|.|\",\"a|\"", "\"a.|.|\",\"a.|\"", "\"a|..|.|\",\"a|.|\"", "\"...|.|\",\"..|\""})
    void removesTheDotsOfTransparency(String sent, String received) {
        take(sent.replace("|", "\r\n"));
        assertTrue(decoder.ended());
        assertEquals(received.replace("|", "\r\n"), decoded.toString(StandardCharsets.ISO_8859_1));
        assertEquals(Set.of(), decoder.faults());
    }

    // SAFETY row 1: everything that some server took for an end of data.
    @ParameterizedTest(name = "CVE-2023-51764 and kin, number {index}")
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\n.\r", "\r\r\n.\r\r\n", "\r\n\0.\r\n", "\r\n.\0\r\n",
        "\r\n.\r\0\n", "\0\r\n\0.\0\r\n", "\r\n.\r\r\n", "\n\n.\n\n", "\n\r.\n\r", "\r.\n", "\u0085.\u0085", "\r\n .\r\n", "\r\n.\t\r\n"})
    void nothingElseEndsContent(String sequence) {
        take("header: x\r\n\r\nbody" + sequence + "MAIL FROM:<smuggled@example.test>\r\n");
        assertFalse(decoder.ended());
        take("\r\n.\r\n");
        assertTrue(decoder.ended());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "\n", "\r", "a\r\r\nb", "a\n\r\nb", ".\n", ".\rx"})
    void aBareLineEndIsNoted(String text) {
        take(text + "\r\n.\r\n");
        assertTrue(decoder.ended());
        assertEquals(Set.of(Fault.BARE_LINE_END), decoder.faults());
    }

    @Test
    void aNulIsNoted() {
        take("a\0b\r\n.\r\n");
        assertEquals(Set.of(Fault.NUL), decoder.faults());
    }

    @Test
    void whatFollowsTheEndIsNotTaken() {
        byte[] octets = "a\r\n.\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(6, decoder.take(octets, 0, octets.length));
    }

    @Test
    void anyContentInAnyPiecesComesOutAsItWas() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            byte[] content = lines(random);
            byte[] wire = (stuffed(new String(content, StandardCharsets.ISO_8859_1)) + ".\r\nNOOP\r\n").getBytes(StandardCharsets.ISO_8859_1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ContentDecoder each = new ContentDecoder(out::write);
            int position = 0;
            while (!each.ended()) {
                int piece = Math.min(wire.length - position, 1 + random.nextInt(random.nextBoolean() ? 3 : 20_000));
                position += each.take(wire, position, piece);
            }
            assertEquals(wire.length - 6, position, "seed " + seed);
            assertArrayEquals(content, out.toByteArray(), "seed " + seed);
            assertEquals(Set.of(), each.faults(), "seed " + seed);
        }
    }

    // Against the plain statement of the rule: content ends at the first CRLF "." CRLF, the CRLF before DATA's content included.
    @Test
    void contentEndsWhereTheRuleSaysAndNowhereElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        char[] letters = {'\r', '\n', '.', '\0', 'a'};
        for (int round = 0; round < 200_000; round++) {
            StringBuilder wire = new StringBuilder();
            for (int i = 1 + random.nextInt(14); i > 0; i--) {
                wire.append(letters[random.nextInt(letters.length)]);
            }
            int end = ("\r\n" + wire).indexOf("\r\n.\r\n");
            byte[] octets = wire.toString().getBytes(StandardCharsets.ISO_8859_1);
            ContentDecoder each = new ContentDecoder((o, from, length) -> { });
            int taken = each.take(octets, 0, octets.length);
            assertEquals(end >= 0, each.ended(), "seed " + seed + " round " + round);
            assertEquals(end >= 0 ? end + 3 : octets.length, taken, "seed " + seed + " round " + round);
        }
    }

    private static byte[] lines(Random random) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int lines = random.nextInt(12); lines > 0; lines--) {
            for (int length = random.nextInt(random.nextInt(20) == 0 ? 20_000 : 6); length > 0; length--) {
                int octet = random.nextInt(3) == 0 ? '.' : 1 + random.nextInt(255);
                content.write(octet == '\r' || octet == '\n' ? ' ' : octet);
            }
            content.writeBytes(new byte[] {'\r', '\n'});
        }
        return content.toByteArray();
    }

    private static String stuffed(String content) {
        return ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2);
    }

    private void take(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        decoder.take(octets, 0, octets.length);
    }
}
