package org.postel.pop3.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6858 §2 and RFC 2047. */
class SurrogateFieldTest {

    private static final String NOBODY = "<invalid@internationalized-address.invalid>";

    private static String of(String field) {
        return new String(SurrogateField.of((field + "\r\n").getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8).stripTrailing();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "Subject: plain                        | Subject: plain",
        "Subject: a ü b                        | Subject: =?UTF-8?B?YSDDvCBi?=",
        "To: Jürgen Müller <j@example.test>    | To: =?UTF-8?B?SsO8cmdlbg==?= =?UTF-8?B?IE3DvGxsZXI=?= <j@example.test>",
        "To: \"Müller, J\" <j@example.test>    | To: =?UTF-8?B?TcO8bGxlciwgSg==?= <j@example.test>",
        "To: ü@example.test, b@example.test    | To: =?UTF-8?B?w7xAZXhhbXBsZS50ZXN0?= NOBODY, b@example.test",
        "To: Friends: <ü@x.test>, c@x.test;    | To: Friends: =?UTF-8?B?PMO8QHgudGVzdD4=?= NOBODY, c@x.test;",
        "cc: b@x.test (ü)                      | cc: b@x.test (=?UTF-8?B?w7w=?=)",
        "Content-Type: text/plain; name=\"ü.txt\" | Content-Type: text/plain; name=\"=?UTF-8?B?w7wudHh0?=\""})
    void charactersOutsideAsciiBecomeEncodedWords(String field, String surrogate) {
        assertEquals(surrogate.replace("NOBODY", NOBODY), of(field));
    }

    @Test
    void foldedFieldsAreOneText() {
        assertEquals("Subject: =?UTF-8?B?w7wgYg==?=", of("Subject: ü\r\n b"));
    }

    @Test
    void aLongTextBecomesWordsThatFitTheirLine() {
        for (String line : of("Subject: " + "ü\uD83D\uDE00".repeat(500)).split("\r\n")) {
            assertTrue(line.length() <= 85, line);
            assertTrue(line.chars().allMatch(letter -> letter < 0x80), line);
        }
    }

    /** Nobody can say which characters these are; other servers send them as they are, too. */
    @Test
    void whatIsNoUtf8StaysAsItIs() {
        byte[] latin = "Subject: grün\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(latin, SurrogateField.of(latin));
    }

    @Test
    void nothingThatLooksLikeAnAddressBreaksIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "\"(<>)@,;:\\ \tüa.\uD83D\uDE00";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            random.ints(random.nextInt(20), 0, letters.length()).forEach(at -> value.append(letters.charAt(at)));
            String field = new String(("To: " + value).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            String surrogate = of(field);
            assertTrue(surrogate.chars().allMatch(letter -> letter < 0x80), "seed " + seed + ": " + field + " became " + surrogate);
        }
    }
}
