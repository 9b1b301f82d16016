package org.postel.trust.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class KnownTextsTest {

    private final KnownTexts<Integer> lengths = new KnownTexts<>(10);
    private int read;

    private int length(String text) throws IOException {
        read++;
        if (text.isEmpty()) {
            throw new IOException("nothing");
        }
        return text.length();
    }

    @Test
    void aTextIsReadOnce() throws IOException {
        assertEquals(5, lengths.of("v=one", this::length));
        assertEquals(5, lengths.of("v=one", this::length));
        assertEquals(1, read);
    }

    @Test
    void anotherTextIsAnotherRecord() throws IOException {
        assertEquals(5, lengths.of("v=one", this::length));
        assertEquals(7, lengths.of("v=three", this::length));
    }

    @Test
    void aFaultStaysOne() {
        assertThrows(IOException.class, () -> lengths.of("", this::length));
        assertThrows(IOException.class, () -> lengths.of("", this::length));
        assertEquals(2, read);
    }

    @Test
    void whatIsLongIsNotKept() throws IOException {
        lengths.of("v=longest!", this::length);
        lengths.of("v=longest!", this::length);
        assertEquals(1, read);
        lengths.of("v=longer yet", this::length);
        lengths.of("v=longer yet", this::length);
        assertEquals(3, read);
    }
}
