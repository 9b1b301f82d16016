package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptFieldsTest {

    private static Optional<KeptFields> fields(String message) {
        return MimeScanner.scan(message.getBytes(StandardCharsets.ISO_8859_1)).fields();
    }

    private static KeptFields of(String message) {
        return fields(message).orElseThrow();
    }

    @Test
    void whatListsShowIsKeptAsItStandsAndTheRestNamed() {
        KeptFields fields = of("Received: by us;\r\n Mon\r\nSUBJECT: a\r\n\tb\r\nX-Colour: green\r\nreferences : <1@x>\nSubject:again\r\n"
                + "Received: by them\r\n\r\nTo: nobody\r\n");
        assertEquals("SUBJECT: a\r\n\tb\r\nX-Colour: green\r\nreferences : <1@x>\nSubject:again\r\n", fields.octets().toString());
        assertEquals(List.of("received"), fields.omitted());
    }

    @Test
    void ofOtherFieldsShortOnesAreKeptWithinALimitOfTheirOwn() {
        String longOne = "X-Long: " + "l".repeat(300) + "\r\n";
        String short200 = "X-Short: " + "s".repeat(189) + "\r\n";
        KeptFields fields = of(longOne + short200.repeat(6) + "X-Last: 1\r\nCc: " + "a".repeat(3000) + "\r\n\r\n");
        assertEquals(5 * 200 + 11 + 3006, fields.octets().length());
        assertEquals(List.of("x-long", "x-short"), fields.omitted());
    }

    @Test
    void otherFieldsTakeNoRoomFromThoseThatListsShow() {
        KeptFields fields = of(("X-Short: " + "s".repeat(189) + "\r\n").repeat(5) + ("Cc: " + "a".repeat(4090 - 4) + "\r\n").repeat(2) + "\r\n");
        assertEquals(1000 + 2 * 4092, fields.octets().length());
        assertEquals(List.of(), fields.omitted());
    }

    @Test
    void whatIsTooLongIsNamedBesideItsLikesThatAreKept() {
        KeptFields fields = of("To: " + "a".repeat(5000) + "\r\nTo: b\r\n\r\n");
        assertEquals("To: b\r\n", fields.octets().toString());
        assertEquals(List.of("to"), fields.omitted());
    }

    @Test
    void allTogetherStayWithinTheirLimit() {
        KeptFields fields = of(("Cc: " + "a".repeat(3000) + "\r\n").repeat(5) + "Subject: s\r\n\r\n");
        assertEquals(2 * 3006 + 12, fields.octets().length());
        assertEquals(List.of("cc"), fields.omitted());
    }

    @Test
    void linesThatAreNoFieldsHaveTheEmptyName() {
        assertEquals(List.of(""), of("From nobody\r\nSubject: s\r\n\r\n").omitted());
    }

    @Test
    void aHeaderThatCannotBeDescribedIsNot() {
        String names = IntStream.range(0, 101).mapToObj(number -> "X-" + number + ": " + "x".repeat(300) + "\r\n").collect(Collectors.joining());
        assertEquals(Optional.empty(), fields(names + "\r\n"));
        assertEquals(Optional.empty(), fields("X-" + "n".repeat(100) + ": " + "x".repeat(300) + "\r\n\r\n"));
        // Behind the lines of a recipient this would go on with the last of them.
        assertEquals(Optional.empty(), fields(" folded\r\nSubject: s\r\n\r\n"));
        assertEquals(Optional.empty(), fields(" X-Folded: no name\r\nSubject: s\r\n\r\n"));
        assertEquals(Optional.empty(), fields("Subject: s\r\nX: " + "x".repeat(MimeLimits.DEFAULT.sectionOctets()) + "\r\n\r\n"));
    }

    @Test
    void theyMakeTheEnvelopeOfTheWholeHeader() {
        for (String header : new String[] {"", "Subject: a\r\n b\r\nSubject: second\r\n", "From: A <a@x>, b@y\r\nReply-To: g: c@z;\r\nX: y\r\n",
            "From:\r\nTo: \r\nFROM: z@x\r\nDate : Mon\r\nIn-Reply-To: <1@x>\r\nMessage-ID: <2@x>\r\nBcc: q@x\r\nSender: s@x\r\n"}) {
            byte[] message = (header + "\r\nbody").getBytes(StandardCharsets.ISO_8859_1);
            assertEquals(Optional.of(MimeScanner.scan(message).envelope()), MimeScanner.scan(message).fields().flatMap(KeptFields::envelope));
        }
    }

    @Test
    void withoutOneOfItsFieldsThereIsNoEnvelope() {
        assertEquals(Optional.empty(), of("To: " + "a".repeat(5000) + "\r\n\r\n").envelope());
    }

    @Test
    void onlyTheOutermostHeaderIsKept() {
        KeptFields fields = of("Content-Type: message/rfc822\r\n\r\nSubject: within\r\n\r\nbody\r\n");
        assertEquals("Content-Type: message/rfc822\r\n", fields.octets().toString());
    }
}
