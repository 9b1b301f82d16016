package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2045 §5 and its relatives: the fields that describe a part. */
class PartHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "text/html|text/html",
        "TEXT/Plain; charset=us-ascii (Plain text)|TEXT/Plain charset=us-ascii",
        "text / plain ; charset = \"us-ascii\"|text/plain charset=us-ascii",
        "application/x; name=\"a;b\\\"c\"; n=2|application/x name=a;b\"c n=2",
        "multipart/mixed; boundary=----=_Part_1/2:3?|multipart/mixed boundary=----=_Part_1/2:3?",
        "application/x; title*0*=us-ascii'en'a; title*1=b|application/x title*0*=us-ascii'en'a title*1=b",
        "application/x;; ;a;=b;c=|application/x c=",
        "application/x; name=two words; a=b|application/x name=two a=b",
        "(c) text(c)/(c)plain(c);(c)a(c)=(c)b(c)|text/plain a=b",
        "text|text/plain charset=us-ascii",
        "text/|text/plain charset=us-ascii",
        "/plain|text/plain charset=us-ascii",
        "~~|text/plain charset=us-ascii",
        "text/plain; a=\"open|text/plain a=open",
    })
    void contentType(String field, String expected) {
        ContentType type = header("Content-Type: " + field + "\r\n").contentType();
        assertEquals(expected, type.type() + "/" + type.subtype() + type.parameters().stream()
                .map(parameter -> " " + parameter.name() + "=" + parameter.value()).collect(Collectors.joining()));
    }

    @Test
    void otherFields() {
        PartHeader header = header("""
                Content-ID: <a@b>
                Content-Description: a
                 picture
                Content-Transfer-Encoding: Base64 (really)
                Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
                Content-Disposition: attachment; filename="a b.pdf"
                Content-Language: en, (deutsch) de;x , ,fr
                Content-Location: http://example.test/
                """);
        assertEquals("<a@b>", header.id().orElseThrow().toString());
        assertEquals("a picture", header.description().orElseThrow().toString());
        assertEquals("Base64", header.encoding().toString());
        assertTrue(header.isEncoded());
        assertEquals("Q2hlY2sgSW50ZWdyaXR5IQ==", header.md5().orElseThrow().toString());
        assertEquals(Optional.of(new Disposition(Octets.of("attachment"), List.of(new Parameter(Octets.of("filename"), Octets.of("a b.pdf"))))),
                header.disposition());
        assertEquals("[en, de;x, fr]", header.language().toString());
        assertEquals("http://example.test/", header.location().orElseThrow().toString());
    }

    @Test
    void emptyFieldsCountAsMissing() {
        PartHeader header = header("Content-Disposition:\r\nContent-Transfer-Encoding: \r\n");
        assertEquals(Optional.empty(), header.disposition());
        assertEquals(PartHeader.SEVEN_BIT, header.encoding());
    }

    @Test
    void rawFieldsKeepTheirOctets() {
        String section = "A : 1\r\n 2\r\nnot a field\r\nb:\n\n: x\r\n";
        HeaderSection fields = new HeaderSection(section.getBytes(StandardCharsets.US_ASCII));
        assertEquals(List.of("A=1 2=A : 1\r\n 2\r\n", "=not a field=not a field\r\n", "b==b:\n"), StreamSupport.stream(fields.spliterator(), false)
                .map(field -> field.name() + "=" + field.value() + "=" + new String(field.octets(), StandardCharsets.US_ASCII)).toList());
    }

    @Test
    void valueCarriesNoLineEndAndNoNul() {
        assertEquals("a?bc", new HeaderSection("S: a\0b\rc\r".getBytes(StandardCharsets.US_ASCII)).first("s").orElseThrow().value().toString());
    }

    private static PartHeader header(String fields) {
        return MimeScannerTest.scan(fields.replace("\r", "").replace("\n", "\r\n") + "\r\n").body().header();
    }
}
