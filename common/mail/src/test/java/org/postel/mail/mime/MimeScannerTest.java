package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** RFC 2046 §5.1: where parts begin and end, also in messages that break it. */
class MimeScannerTest {

    @Test
    void plainMessageIsOnePart() {
        String message = "Subject: hi\r\n\r\nline one\r\nline two\r\n";
        Part body = scan(message).body();
        assertEquals("text/plain 0,15,35 2", shape(body));
        assertEquals("line one\r\nline two\r\n", body(message, body));
        assertEquals("us-ascii", body.contentType().parameter("CHARSET").orElseThrow().toString());
    }

    @Test
    void headerWithoutEmptyLineIsAllHeader() {
        assertEquals("text/plain 0,13,13 0", shape(scan("Subject: hi\r\n").body()));
        assertEquals("text/plain 0,11,11 0", shape(scan("Subject: hi").body()));
    }

    @Test
    void emptyMessageHasAnEmptyPart() {
        assertEquals("text/plain 0,0,0 0", shape(scan("").body()));
        assertEquals("text/plain 0,2,2 0", shape(scan("\r\n").body()));
    }

    @Test
    void messageWithoutHeaderIsAllBody() {
        assertEquals("text/plain 0,2,7 1", shape(scan("\r\nabc\r\n").body()));
    }

    @Test
    void lineEndBeforeABoundaryBelongsToTheBoundary() {
        String message = multipart("b", "mixed") + "preamble\r\n--b\r\n\r\none\r\n--b\r\nContent-Type: text/html\r\n\r\ntwo\r\n\r\n--b--\r\nepilogue\r\n";
        Part body = scan(message).body();
        assertEquals(2, body.children().size());
        assertEquals("one", body(message, body.children().get(0)));
        assertEquals("two\r\n", body(message, body.children().get(1)));
        assertEquals("Content-Type: text/html\r\n\r\n", header(message, body.children().get(1)));
        assertEquals(message.length(), body.extent().bodyEnd());
    }

    @Test
    void bareLineFeedsPartLinesToo() {
        String message = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n";
        Part body = scan(message).body();
        assertEquals("one", body(message, body.children().get(0)));
        assertEquals("two", body(message, body.children().get(1)));
    }

    @Test
    void missingFinalBoundaryEndsWithTheMessage() {
        String message = multipart("b", "mixed") + "--b\r\n\r\none\r\n";
        Part body = scan(message).body();
        assertEquals("one\r\n", body(message, body.children().get(0)));
    }

    @Test
    void outerBoundaryEndsAnInnerMultipartThatIsOpen() {
        String message = multipart("out", "mixed") + "--out\r\n" + multipart("in", "alternative")
                + "--in\r\n\r\none\r\n--out\r\n\r\ntwo\r\n--out--\r\n";
        Part body = scan(message).body();
        assertEquals(2, body.children().size());
        Part inner = body.children().get(0);
        assertEquals("one", body(message, inner.children().get(0)));
        assertEquals("--in\r\n\r\none", body(message, inner));
        assertEquals("two", body(message, body.children().get(1)));
    }

    @Test
    void boundaryThatBeginsWithAnotherIsNotTheOther() {
        String message = multipart("ab", "mixed") + "--ab\r\n" + multipart("abc", "mixed")
                + "--abc\r\n\r\n--abcd\r\n--abc--\r\n--ab\r\n\r\n--a\r\n--ab--\r\n";
        Part body = scan(message).body();
        assertEquals(2, body.children().size());
        assertEquals("--abcd", body(message, body.children().get(0).children().get(0)));
        assertEquals("--a", body(message, body.children().get(1)));
    }

    @Test
    void boundaryThatEndsInDashesIsNotAnEnd() {
        String message = multipart("\"b--\"", "mixed") + "--b--\r\n\r\none\r\n--b----\r\nend";
        Part body = scan(message).body();
        assertEquals("one", body(message, body.children().getFirst()));
        assertEquals(1, body.children().size());
    }

    @Test
    void boundaryMayHaveWhiteSpaceBehindIt() {
        String message = multipart("b", "mixed") + "--b \t\r\n\r\none\r\n--b-- \r\n";
        assertEquals("one", body(message, scan(message).body().children().getFirst()));
    }

    @Test
    void multipartWithoutItsBoundaryIsOpaque() {
        assertTrue(scan(multipart("b", "mixed") + "nothing\r\n").body().isOpaque());
        assertTrue(scan("Content-Type: multipart/mixed\r\n\r\n--\r\n\r\nx\r\n----\r\n").body().isOpaque());
    }

    @Test
    void boundariesWithNothingBetweenMakeEmptyParts() {
        String message = multipart("b", "mixed") + "--b\r\n--b\r\n\r\n--b\r\nA: b\r\n--b--\r\n";
        Part body = scan(message).body();
        assertEquals(3, body.children().size());
        body.children().forEach(child -> assertEquals(0, child.extent().bodySize()));
        assertEquals("A: b\r\n", header(message, body.children().get(2)));
    }

    @Test
    void partOfADigestIsAMessage() {
        String message = multipart("b", "digest") + "--b\r\n\r\nSubject: inner\r\n\r\nhello\r\n\r\n--b--\r\n";
        Part child = scan(message).body().children().getFirst();
        assertTrue(child.contentType().isMessage());
        assertEquals("inner", child.message().orElseThrow().envelope().subject().orElseThrow().toString());
        assertEquals("hello\r\n", body(message, child.message().orElseThrow().body()));
    }

    @Test
    void messageWithinIsTakenApart() {
        String message = "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n" + multipart("b", "mixed") + "--b\r\n\r\nx\r\n--b--\r\n";
        Part body = scan(message).body();
        MessageStructure inner = body.message().orElseThrow();
        assertEquals("inner", inner.envelope().subject().orElseThrow().toString());
        assertEquals("x", body(message, inner.body().children().getFirst()));
        assertEquals(body.extent().bodyStart(), inner.body().extent().headerStart());
    }

    @Test
    void encodedMessageIsOpaque() {
        Part body = scan("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3Vi\r\n").body();
        assertTrue(body.isOpaque());
    }

    @Test
    void messageOfAnEmptyBodyIsThereAndEmpty() {
        Part body = scan("Content-Type: message/rfc822\r\n").body();
        assertFalse(body.isOpaque());
        assertEquals(0, body.message().orElseThrow().body().extent().headerSize());
    }

    @Test
    void innerBoundaryAfterItsEndIsText() {
        String message = multipart("out", "mixed") + "--out\r\n" + multipart("in", "mixed")
                + "--in\r\n\r\none\r\n--in--\r\n--in\r\n\r\nnot a part\r\n--out--\r\n";
        Part inner = scan(message).body().children().getFirst();
        assertEquals(1, inner.children().size());
        assertEquals("one", body(message, inner.children().getFirst()));
    }

    @Test
    void sameBoundaryInsideMeansTheInnermost() {
        String message = multipart("b", "mixed") + "--b\r\n" + multipart("b", "mixed")
                + "--b\r\n\r\none\r\n--b--\r\n--b\r\n\r\ntwo\r\n--b--\r\n";
        Part body = scan(message).body();
        assertEquals(2, body.children().size());
        assertEquals("one", body(message, body.children().get(0).children().getFirst()));
        assertEquals("two", body(message, body.children().get(1)));
    }

    static MessageStructure scan(String message) {
        return MimeScanner.scan(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String multipart(String boundary, String subtype) {
        return "Content-Type: multipart/" + subtype + "; boundary=" + boundary + "\r\n\r\n";
    }

    private static String body(String message, Part part) {
        return message.substring((int) part.extent().bodyStart(), (int) part.extent().bodyEnd());
    }

    private static String header(String message, Part part) {
        return message.substring((int) part.extent().headerStart(), (int) part.extent().bodyStart());
    }

    private static String shape(Part part) {
        return part.contentType().type() + "/" + part.contentType().subtype() + " " + part.extent().headerStart() + ","
                + part.extent().bodyStart() + "," + part.extent().bodyEnd() + " " + part.lines();
    }
}
