package org.postel.imap.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.api.v1.Address;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.Disposition;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.Parameter;

/** Responses against the examples of RFC 3501 §7.4.2 and §8. */
class FormatTest {

    private static ByteString octets(String text) {
        return ByteString.copyFrom(text, StandardCharsets.UTF_8);
    }

    private static String text(ResponseBuffer out) {
        return new String(out.take(), StandardCharsets.UTF_8);
    }

    private static BodyPart.Builder part(String type, String subtype, long lines, long start, long body, long end) {
        return BodyPart.newBuilder().setType(octets(type)).setSubtype(octets(subtype)).setEncoding(octets("7BIT")).setLines(lines)
                .setHeaderStart(start).setBodyStart(body).setBodyEnd(end);
    }

    private static Parameter parameter(String name, String value) {
        return Parameter.newBuilder().setName(octets(name)).setValue(octets(value)).build();
    }

    @Test
    void envelopeOfRfc3501Section8() {
        Address terry = Address.newBuilder().setName(octets("Terry Gray")).setMailbox(octets("gray")).setHost(octets("cac.washington.edu")).build();
        Envelope envelope = Envelope.newBuilder().setDate(octets("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)"))
                .setSubject(octets("IMAP4rev1 WG mtg summary and minutes")).addFrom(terry)
                .addTo(Address.newBuilder().setMailbox(octets("imap")).setHost(octets("cac.washington.edu")))
                .setMessageId(octets("<B27397-0100000@cac.washington.edu>")).build();
        ResponseBuffer out = new ResponseBuffer();
        EnvelopeFormat.write(out, envelope);
        String gray = "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\"))";
        assertEquals("(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" " + gray + " " + gray + " "
                + gray + " ((NIL NIL \"imap\" \"cac.washington.edu\")) NIL NIL NIL \"<B27397-0100000@cac.washington.edu>\")", text(out));
    }

    @Test
    void bodyOfTextAndMultipart() {
        BodyPart first = part("TEXT", "PLAIN", 23, 0, 0, 1152).addParameters(parameter("CHARSET", "US-ASCII")).build();
        BodyPart second = part("TEXT", "PLAIN", 73, 0, 100, 4654).addParameters(parameter("CHARSET", "US-ASCII"))
                .addParameters(parameter("NAME", "cc.diff")).setId(octets("<960723163407.20117h@cac.washington.edu>"))
                .setDescription(octets("Compiler diff")).setEncoding(octets("BASE64")).build();
        BodyPart mixed = part("MULTIPART", "MIXED", 0, 0, 0, 9000).addParts(first).addParts(second)
                .addParameters(parameter("BOUNDARY", "x")).build();
        ResponseBuffer out = new ResponseBuffer();
        BodyStructureFormat.write(out, mixed, false);
        assertEquals("((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1152 23)(\"TEXT\" \"PLAIN\" (\"CHARSET\" "
                + "\"US-ASCII\" \"NAME\" \"cc.diff\") \"<960723163407.20117h@cac.washington.edu>\" \"Compiler diff\" \"BASE64\" 4554 73) "
                + "\"MIXED\")", text(out));
        BodyStructureFormat.write(out, mixed.toBuilder().clearParts().addParts(first).setDisposition(
                Disposition.newBuilder().setType(octets("inline"))).addLanguage(octets("en")).addLanguage(octets("de")).build(), true);
        assertEquals("((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 1152 23 NIL NIL NIL NIL) \"MIXED\" "
                + "(\"BOUNDARY\" \"x\") (\"inline\" NIL) (\"en\" \"de\") NIL)", text(out));
    }

    @Test
    void embeddedMessageShowsItsEnvelopeAndBody() {
        BodyPart inner = part("text", "plain", 2, 50, 80, 100).build();
        BodyPart outer = part("message", "rfc822", 5, 0, 50, 100).setMessage(inner)
                .setEnvelope(Envelope.newBuilder().setSubject(octets("in"))).build();
        ResponseBuffer out = new ResponseBuffer();
        BodyStructureFormat.write(out, outer, false);
        assertEquals("(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 50 (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL) "
                + "(\"text\" \"plain\" NIL NIL NIL \"7BIT\" 20 2) 5)", text(out));
    }

    /** The part numbers of the example in RFC 3501 §6.4.5. */
    @ParameterizedTest
    @CsvSource({"'',HEADER,0-10", "'',TEXT,10-1000", "1,,20-30", "1,MIME,15-20", "3,,110-500", "3,HEADER,110-120", "3,TEXT,120-500",
        "3.1,,130-140", "3.1,MIME,125-130", "3.2,,150-160", "4.1,,600-610", "4.2,HEADER,650-660", "4.2.1,,670-680", "4.2.2.1,,710-720",
        "5,,none", "1.1,,none", "1,HEADER,none", "4.2.3,,none"})
    void sectionsOfTheExample(String path, String kind, String expected) {
        List<Integer> part = path.isEmpty() ? List.of() : java.util.Arrays.stream(path.split("\\.")).map(Integer::valueOf).toList();
        Section.Kind what = switch (kind == null ? "" : kind) {
            case "HEADER" -> new Section.Kind.Header();
            case "TEXT" -> new Section.Kind.Text();
            case "MIME" -> new Section.Kind.Mime();
            default -> new Section.Kind.Whole();
        };
        String found = SectionExtent.of(new Section(part, what), example(), 1000)
                .map(extent -> extent.start() + "-" + extent.end()).orElse("none");
        assertEquals(expected, found);
    }

    private static BodyPart example() {
        BodyPart alternative = part("multipart", "alternative", 0, 690, 700, 750)
                .addParts(part("text", "plain", 0, 705, 710, 720)).addParts(part("text", "html", 0, 725, 730, 740)).build();
        BodyPart deep = part("multipart", "mixed", 0, 650, 660, 800)
                .addParts(part("text", "plain", 0, 665, 670, 680)).addParts(alternative).build();
        return part("multipart", "mixed", 0, 0, 10, 1000)
                .addParts(part("text", "plain", 0, 15, 20, 30))
                .addParts(part("application", "octet-stream", 0, 40, 50, 60))
                .addParts(part("message", "rfc822", 0, 100, 110, 500).setMessage(part("multipart", "mixed", 0, 110, 120, 500)
                        .addParts(part("text", "plain", 0, 125, 130, 140))
                        .addParts(part("application", "octet-stream", 0, 145, 150, 160))))
                .addParts(part("multipart", "mixed", 0, 510, 520, 900)
                        .addParts(part("image", "gif", 0, 590, 600, 610))
                        .addParts(part("message", "rfc822", 0, 640, 650, 800).setMessage(deep)))
                .build();
    }

    @Test
    void partOneOfAPlainMessageIsItsBody() {
        BodyPart plain = part("text", "plain", 1, 0, 40, 90).build();
        assertEquals(new SectionExtent(40, 90),
                SectionExtent.of(new Section(List.of(1), new Section.Kind.Whole()), plain, 90).orElseThrow());
        assertEquals(new SectionExtent(90, 90), new SectionExtent(40, 90).within(new FetchItem.Partial(4_000_000_000L, 5)));
        assertEquals(new SectionExtent(90, 90), new SectionExtent(40, 90).within(new FetchItem.Partial(Long.MAX_VALUE, Long.MAX_VALUE)));
        assertEquals(new SectionExtent(41, 90), new SectionExtent(40, 90).within(new FetchItem.Partial(1, Long.MAX_VALUE)));
    }

    @Test
    void fieldsAreFilteredWithTheirFolding() {
        byte[] header = "From: a\r\nSubject: one\r\n two\r\nTo: b\r\nSUBJECT: three\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals("Subject: one\r\n two\r\nSUBJECT: three\r\n\r\n", new String(
                new HeaderFilter(new Section.Kind.Fields(false, List.of("subject"))).apply(header, false), StandardCharsets.US_ASCII));
        assertEquals("From: a\r\nTo: b\r\n\r\n", new String(
                new HeaderFilter(new Section.Kind.Fields(true, List.of("subject"))).apply(header, false), StandardCharsets.US_ASCII));
    }

    @Test
    void anEmptyLineComesOnlyWhereTheMessageHasOne() {
        HeaderFilter filter = new HeaderFilter(new Section.Kind.Fields(false, List.of("subject")));
        byte[] headerAlone = "From: a\r\nSubject: one\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals("Subject: one\r\n", new String(filter.apply(headerAlone, false), StandardCharsets.US_ASCII));
        assertEquals("Subject: one\r\n\r\n", new String(filter.apply(headerAlone, true), StandardCharsets.US_ASCII));
    }

    @Test
    void stringsThatCannotBeQuotedAreLiterals() {
        assertEquals("\"a\\\"b\\\\\"", text(new ResponseBuffer().string("a\"b\\")));
        assertEquals("{2}\r\n\u00fc", text(new ResponseBuffer().string("\u00fc")));
        assertEquals("{3}\r\na\r\n", text(new ResponseBuffer().string("a\r\n\u0000")));
    }

    @Test
    void internalDateHasTheZoneItCameWith() {
        assertEquals("\"17-Jul-1996 02:44:25 -0700\"", InternalDateFormat.format(837596665000L, -420));
        assertEquals("\" 1-Jan-1970 00:00:00 +0000\"", InternalDateFormat.format(0, 0));
    }
}
