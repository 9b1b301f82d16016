package org.postel.smtp.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.syntax.ContentDecoder.Fault;

class ChunkedTextTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ChunkedText text = new ChunkedText(out::write);

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
        ChunkedText whole = new ChunkedText(out::write);
        whole.accept(octets.getBytes(StandardCharsets.ISO_8859_1), 0, octets.length());
        whole.end();
        assertEquals(Set.of(Fault.BARE_LINE_END), whole.faults());
    }

    @Test
    void nulIsAFault() {
        take("a\0b\r\n");
        assertEquals(Set.of(Fault.NUL), text.faults());
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
