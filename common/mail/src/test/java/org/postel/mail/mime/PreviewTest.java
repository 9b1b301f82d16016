package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8970 §3.3. */
class PreviewTest {

    private static Optional<String> preview(String message, int beginning) {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        MimeScanner scanner = new MimeScanner(MimeLimits.DEFAULT);
        scanner.update(octets, 0, octets.length);
        return Preview.of(scanner.finish().body(), Arrays.copyOf(octets, Math.min(octets.length, beginning)));
    }

    private static String preview(String message) {
        return preview(message, 1 << 15).orElseThrow();
    }

    private static String html(String page) {
        return preview("Content-Type: text/html; charset=utf-8\r\n\r\n" + page);
    }

    private static String parts(String subtype, String... parts) {
        StringBuilder message = new StringBuilder("Content-Type: multipart/" + subtype + "; boundary=b\r\n\r\npreamble\r\n");
        for (String part : parts) {
            message.append("--b\r\n").append(part).append("\r\n");
        }
        return message.append("--b--\r\n").toString();
    }

    @Test
    void plainTextInOneLineWithoutQuotes() {
        assertEquals("Dear all, see below. \u00fc", preview("Subject: x\r\n\r\n  Dear all,\r\n\r\n> old text\r\n\tsee\u00a0below.\u202e \u00fc\r\n"));
    }

    @Test
    void decodedFromItsEncodingAndCharset() {
        assertEquals("caf\u00e9 au lait", preview("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9 =\r\nau lait"));
        assertEquals("hello", preview("Content-Transfer-Encoding: base64\r\n\r\naGVsbG8="));
    }

    @Test
    void cutAtTwoHundredCharacters() {
        String smiles = "\ud83d\ude42".repeat(300);
        assertEquals("\ud83d\ude42".repeat(200), preview("\r\n" + smiles));
        assertEquals("a".repeat(199), preview("\r\n" + "a".repeat(199) + " b"));
    }

    @Test
    void theFirstTextThatIsNoAttachment() {
        String plain = "\r\nplain";
        String page = "Content-Type: text/html\r\n\r\n<p>page";
        String file = "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile";
        String image = "Content-Type: image/png\r\n\r\nxxxx";
        assertEquals("plain", preview(parts("alternative", page, plain)));
        assertEquals("page", preview(parts("alternative", image, page)));
        assertEquals("page", preview(parts("mixed", file, page, plain)));
        assertEquals("plain", preview(parts("mixed", image, parts("alternative", page, plain).strip(), file)));
        assertEquals("", preview(parts("mixed", image, file)));
        assertEquals("", preview("Content-Type: application/pdf\r\n\r\nx"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<html><head><title>no</title><style>p {}</style></head><body>Hello <b>w</b>orld</body>|Hello world",
        "<p>one<p>two<br/>three|one two three",
        "a &amp; b &lt;c&gt; &#233;&#x20AC;&nbsp;&copy; &bogus; & &#xFFFFFFFF;|a & b <c> \u00e9\u20ac &copy; &bogus; & &#xFFFFFFFF;",
        "a<!-- <p>no</p> -->b|ab",
        "<script>if (a < b) alert('no')</script>yes|yes",
        "<head><style>no<body>yes|yes",
        "<head>no<body>yes|yes",
        "1 < 2 and 3 > 2|1 < 2 and 3 > 2",
        "open <p|open",
        "open <!-- no|open"})
    void wordsOfAPage(String page, String words) {
        assertEquals(words, html(page));
    }

    @Test
    void whereTheTextBeginsTooLateItIsNotKnown() {
        String message = "X: " + "x".repeat(100) + "\r\n\r\ntext";
        assertEquals(Optional.empty(), preview(message, 50));
        assertEquals(Optional.of("te"), preview(message, message.length() - 2));
        assertEquals(Optional.of(""), preview("Content-Type: image/png\r\nX: " + "x".repeat(100) + "\r\n\r\nxx", 50), "no text anywhere");
        assertEquals(Optional.of(""), preview("X: " + "x".repeat(100) + "\r\n\r\n", 50), "no body");
    }

    @Test
    void hostilePagesCostNoMoreThanOthers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (String piece : new String[] {"<", "&", "<!--", "<head>", "<style>", "</", "&#", "<a ", "\u200b"}) {
                html(piece.repeat(20_000));
            }
            for (int i = 0; i < 500; i++) {
                StringBuilder page = new StringBuilder();
                for (int piece = random.nextInt(200); piece > 0; piece--) {
                    page.append("<&;!->/a#x \n".charAt(random.nextInt(12)));
                }
                assertTrue(html(page.toString()).length() <= Preview.LENGTH, "seed " + seed);
            }
        });
    }
}
