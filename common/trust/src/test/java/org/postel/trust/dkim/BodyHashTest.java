package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyHashTest {

    // RFC 6376 §3.4.3 to §3.4.5; \r, \n and \t written out.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SIMPLE|''|\\r\\n", "RELAXED|''|''", "SIMPLE|\\r\\n\\r\\n|\\r\\n", "RELAXED|\\r\\n\\r\\n|''", "RELAXED|' \\t\\r\\n'|''", "SIMPLE|' \\r\\n'|' \\r\\n'",
        "SIMPLE|' C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n'|' C \\r\\nD \\t E\\r\\n'", "RELAXED|' C \\r\\nD \\t E\\r\\n\\r\\n\\r\\n'|' C\\r\\nD E\\r\\n'",
        "SIMPLE|a|a\\r\\n", "RELAXED|a|a\\r\\n", "RELAXED|a\\r\\n\\r\\n b|a\\r\\n\\r\\n b\\r\\n", "RELAXED|a\\rb\\nc\\r|a\\rb\\nc\\r\\r\\n"})
    void theCanonicalFormIsThat(Canonicalization canonicalization, String body, String canonical) {
        byte[] expected = octets(canonical);
        BodyHash hash = new BodyHash(canonicalization, OptionalLong.empty());
        hash.accept(octets(body), 0, octets(body).length);
        assertArrayEquals(BodyHash.sha256().digest(expected), hash.finish());
        assertEquals(expected.length, hash.octets());
    }

    // Of octets that mean something only; with words between them; and mostly words.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40})
    void anyPiecesGiveTheSame(int letters) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] parts = {"\r", "\n", "\r\n", " ", " ", "\t", "!", "a", "\u00a0"};
        StringBuilder text = new StringBuilder();
        while (text.length() < 50_000) {
            text.append("b".repeat(random.nextInt(letters + 1))).append(parts[random.nextInt(parts.length)]);
        }
        byte[] body = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (Canonicalization canonicalization : Canonicalization.values()) {
            BodyHash whole = new BodyHash(canonicalization, OptionalLong.of(20_000));
            whole.accept(body, 0, body.length);
            BodyHash pieces = new BodyHash(canonicalization, OptionalLong.of(20_000));
            BodyHash octets = new BodyHash(canonicalization, OptionalLong.of(20_000));
            for (int from = 0; from < body.length; from++) {
                octets.accept(body, from, 1);
            }
            assertArrayEquals(octets.finish(), whole.finish(), "seed " + seed);
            assertEquals(octets.octets(), whole.octets(), "seed " + seed);
            for (int from = 0; from < body.length; ) {
                int count = Math.min(body.length - from, 1 + random.nextInt(3000));
                pieces.accept(body, from, count);
                from += count;
            }
            assertArrayEquals(whole.finish(), pieces.finish(), "seed " + seed);
            assertEquals(whole.octets(), pieces.octets(), "seed " + seed);
        }
    }

    // Everything of up to four octets that mean something, at each place of a word of eight, with and without text behind it.
    @ParameterizedTest
    @EnumSource
    void itIsWhatTheRfcSaysAtAnyPlace(Canonicalization canonicalization) {
        String alphabet = "a! \t\r\n";
        for (int number = 0; number < Math.pow(alphabet.length(), 4); number++) {
            StringBuilder some = new StringBuilder();
            for (int rest = number; rest > 0; rest /= alphabet.length()) {
                some.append(alphabet.charAt(rest % alphabet.length()));
            }
            for (int place = 0; place < 2 * Long.BYTES; place++) {
                String body = "b".repeat(place) + some + (place % 2 == 0 ? "" : "b".repeat(Long.BYTES));
                byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
                BodyHash hash = new BodyHash(canonicalization, OptionalLong.empty());
                hash.accept(octets, 0, octets.length);
                byte[] expected = canonical(canonicalization, body).getBytes(StandardCharsets.ISO_8859_1);
                assertArrayEquals(BodyHash.sha256().digest(expected), hash.finish(), () -> "body " + HexFormat.of().formatHex(octets));
            }
        }
    }

    // RFC 6376 §3.4.3 and §3.4.4, word for word.
    private static String canonical(Canonicalization canonicalization, String body) {
        boolean relaxed = canonicalization == Canonicalization.RELAXED;
        String lines = relaxed ? body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|\\z)", "") : body;
        String text = lines.replaceFirst("(\r\n)*\\z", "");
        return relaxed && text.isEmpty() ? "" : text + "\r\n";
    }

    @Test
    void noMoreThanTheLimitIsHashed() {
        byte[] body = octets("x".repeat(2000));
        BodyHash hash = new BodyHash(Canonicalization.RELAXED, OptionalLong.of(1500));
        hash.accept(body, 0, body.length);
        assertArrayEquals(BodyHash.sha256().digest(octets("x".repeat(1500))), hash.finish());
        assertEquals(2002, hash.octets());
    }

    private static byte[] octets(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t").getBytes(StandardCharsets.ISO_8859_1);
    }
}
