package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9051 §6.4.4: what a search finds in a message. */
class SearchTest {

    private static final String MAIL = """
            From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.test>
            Subject: =?UTF-8?B?R3LDvMOf?= =?utf-8?q?e_aus?=
              Berlin
            Date: Mon, 23 Nov 2026 01:02:03 +0500 (PKT)
            Content-Type: multipart/mixed; boundary=b

            preamble secret
            --b
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Das Stra=DFenfest f=
            indet statt
            --b
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: base64

            PHA+zqPOr8+Dz4XPhs6/z4I8L3A+
            --b
            Content-Type: application/pdf; name="Rechnung.pdf"

            binarytext
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.example.org
            --b
            Content-Type: message/rfc822

            Subject: inner subject

            inner text
            --b--
            """.replace("\n", "\r\n");

    @ParameterizedTest
    @CsvSource({"stra\u00dfenfest,true", "FINDET statt,true", "\u03c3\u03af\u03c3\u03c5\u03c6\u03bf,true", "rechnung.PDF,true",
        "inner SUBJECT,true", "reporting-mta: DNS,true", "inner text,true", "binarytext,false", "preamble,false", "berlin,false"})
    void bodyIsDecoded(String wanted, boolean found) throws IOException {
        assertEquals(found, mail().hasInBody(new TextSearch(wanted)));
    }

    @Test
    void textIsHeaderAndBody() throws IOException {
        assertTrue(mail().hasInText(new TextSearch("GR\u00dc\u00dfe AUS  berlin")));
        assertTrue(mail().hasInText(new TextSearch("inner text")));
        assertFalse(mail().hasInText(new TextSearch("nowhere")));
    }

    @Test
    void headerIsDecoded() throws IOException {
        assertTrue(mail().hasInHeader("from", new TextSearch("j\u00f6rg")));
        assertTrue(mail().hasInHeader("FROM", new TextSearch("")));
        assertFalse(mail().hasInHeader("subject", new TextSearch("j\u00f6rg")));
        assertFalse(mail().hasInHeader("cc", new TextSearch("")));
    }

    @Test
    void sentDayIsTheDayWritten() throws IOException {
        assertEquals(Optional.of(LocalDate.of(2026, 11, 23)), mail().sentDay());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "Mon, 23 Nov 2026 01:02:03 +0500|2026-11-23",
        "1 Jan 99 00:00 EST|1999-01-01",
        "1 jan 49 00:00 GMT|2049-01-01",
        "1 Jan 102 00:00:00 GMT|2002-01-01",
        "Monday, 23-Nov-26 01:02:03 GMT|2026-11-23",
        "31 Feb 2026 00:00:00 GMT|-",
        "1 Foo 2026|-",
        "yesterday|-",
        "99999999999 Nov 2026|-",
    })
    void day(String field, LocalDate expected) {
        assertEquals(Optional.ofNullable(expected), DateField.day(Octets.of(field)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "=?ISO-8859-1?Q?a?=|a",
        "=?ISO-8859-1?Q?a?= b|a b",
        "=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=|ab",
        "=?ISO-8859-1?Q?a_b?=|a b",
        "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=|a b",
        "=?utf-8?q?=E2=82?= =?utf-8?q?=AC?=|\u20ac",
        "=?utf-8*en?b?4oKs?=|\u20ac",
        "=?utf-8?b?4oKs|=?utf-8?b?4oKs",
        "=?nosuch?q?=C3=BC?=|\u00fc",
        "=?utf-8?x?a?=|=?utf-8?x?a?=",
        "=?utf-8?q?=zz=4?=|=zz=4",
        "=?utf-8?b?4oKs!?=|\u20ac",
        "=?|=?",
        "gr\u00fc\u00df|gr\u00fc\u00df",
        "gr\u00c3\u00bc|gr\u00fc",
    })
    void encodedWords(String value, String expected) {
        assertEquals(expected, EncodedWords.decode(Octets.of(value)));
    }

    @Test
    void matchMayLieAcrossPieces() throws IOException {
        String wanted = "aab\ud83d\ude00";
        String text = "a".repeat(8190) + "b\ud83d\ude00";
        for (int shift = 0; shift < 8; shift++) {
            assertTrue(new TextSearch(wanted).isIn(new StringReader("x".repeat(shift) + text)), "shift " + shift);
            assertFalse(new TextSearch(wanted + "!").isIn(new StringReader("x".repeat(shift) + text)));
        }
    }

    @Test
    void blanksWithoutEndAreNotHeld() throws IOException {
        byte[] body = ("a" + " ".repeat(3_000) + "b" + " ".repeat(10) + "c \r\nd").getBytes(StandardCharsets.US_ASCII);
        PartHeader header = MimeScannerTest.scan("Content-Transfer-Encoding: quoted-printable\r\n").body().header();
        String decoded = new String(PartText.octets(header, new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals("a" + " ".repeat(998) + "b" + " ".repeat(10) + "c\r\nd", decoded);
    }

    private static SearchableMessage mail() {
        byte[] octets = MAIL.getBytes(StandardCharsets.UTF_8);
        return new SearchableMessage(MimeScanner.scan(octets).body(), ContentSource.of(octets), MimeLimits.DEFAULT);
    }
}
