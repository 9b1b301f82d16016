package org.postel.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class LineReaderTest {

    @Test
    void aLiteralIsPassedOverAndTheLineGoesOnBehindIt() throws IOException {
        LineReader lines = reader("* 1 FETCH (BODY[] {5}\r\na\r\nb\n)\r\na OK\r\n");
        lines.next();
        assertEquals(5, lines.literal());
        lines.skip(5);
        lines.next();
        assertEquals(")", lines.text());
        lines.next();
        assertEquals("a OK", lines.text());
        assertEquals(-1, lines.literal());
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        LineReader lines = reader("short\r\n" + "x".repeat(100_000) + "\r\nend\r\n");
        lines.next();
        lines.next();
        assertEquals(100_000, lines.length());
        lines.next();
        assertEquals("end", lines.text());
    }

    @Test
    void aServerThatHangsUpWithinALineIsAnError() throws IOException {
        assertThrows(EOFException.class, reader("220 hel")::next);
    }

    @Test
    void theIdOfARunIsFoundInAnEnvelope() throws IOException {
        LineReader lines = reader("* 1 FETCH (ENVELOPE (NIL \"bench-12-345.\" NIL))\r\n");
        lines.next();
        assertEquals(345, LetterId.numberIn(lines, 12));
        assertEquals(-1, LetterId.numberIn(lines, 1));
    }

    private static LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
