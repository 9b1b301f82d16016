package org.postel.smtp.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.BodyType;
import org.postel.smtp.syntax.ContentDecoder.Fault;

class ChunkedTextTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ChunkedText text = new ChunkedText(out::write, BodyType.SEVEN_BIT);

    @Test
    void aDotMeansNothing() {
        check("..a\r\n.\r\n.b\r\n", "..a\r\n.\r\n.b\r\n");
    }

    @Test
    void aLineEndMayBeCutInTwo() {
        take("a\r");
        take("\nb\r");
        take("\n");
        text.end();
        assertEquals("a\r\nb\r\n", out.toString(StandardCharsets.ISO_8859_1));
        assertEquals(Set.of(), text.faults());
    }

    @Test
    void theLastLineGetsItsEnd() {
        check("a\r\nb", "a\r\nb\r\n");
        assertEquals(Set.of(), text.faults());
    }

    @Test
    void nothingStaysNothing() {
        check("", "");
    }

    // SAFETY rows 1 and 2
    @ParameterizedTest
    @ValueSource(strings = {"\n", "a\nb\r\n", "a\rb\r\n", "\r", "a\r\r\n", "a\r\n\n", "\n\r\n", "\r\n.\n", "\r.\r"})
    void aBareLineEndIsAFaultHoweverItIsCut(String octets) {
        octets.chars().forEach(octet -> take(String.valueOf((char) octet)));
        text.end();
        assertEquals(Set.of(Fault.BARE_LINE_END), text.faults());
        ChunkedText whole = new ChunkedText(out::write, BodyType.EIGHT_BIT_MIME);
        whole.accept(octets.getBytes(StandardCharsets.ISO_8859_1), 0, octets.length());
        whole.end();
        assertEquals(Set.of(Fault.BARE_LINE_END), whole.faults());
    }

    @Test
    void nulIsAFault() {
        take("a\0b\r\n");
        assertEquals(Set.of(Fault.NUL), text.faults());
    }

    // RFC 3030 §3
    @ParameterizedTest
    @ValueSource(strings = {"A: b\r\n\r\n\n\r\0.\r", "\r\n\n\n", "A: b\r\n\r\nno end"})
    void behindTheHeaderOfABinaryMessageAnyOctetStandsAsItIs(String octets) {
        ChunkedText binary = new ChunkedText(out::write, BodyType.BINARY_MIME);
        octets.chars().forEach(octet -> binary.accept(new byte[] {(byte) octet}, 0, 1));
        binary.end();
        assertEquals(Set.of(), binary.faults());
        assertEquals(octets, out.toString(StandardCharsets.ISO_8859_1));
    }

    // The header goes on to servers that take no binary message, in notifications.
    @ParameterizedTest
    @ValueSource(strings = {"A: b\n\r\n\r\n", "A: b\r\n\n", "A\0: b\r\n\r\n", "A: b\r\r\n\r\n", "A: b\r"})
    void theHeaderOfABinaryMessageIsText(String octets) {
        ChunkedText binary = new ChunkedText(out::write, BodyType.BINARY_MIME);
        octets.chars().forEach(octet -> binary.accept(new byte[] {(byte) octet}, 0, 1));
        binary.end();
        assertEquals(1, binary.faults().size());
    }

    private void check(String octets, String expected) {
        take(octets);
        text.end();
        assertEquals(expected, out.toString(StandardCharsets.ISO_8859_1));
    }

    private void take(String octets) {
        text.accept(octets.getBytes(StandardCharsets.ISO_8859_1), 0, octets.length());
    }
}
