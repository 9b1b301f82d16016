package org.postel.smtp.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.postel.smtp.command.ContentBudget;

class HeldHeaderTest {

    private static final byte[] MAIL = "From: a@example.org\r\nX: \r\r\n\r\nbody".getBytes(StandardCharsets.US_ASCII);
    private static final int END = MAIL.length - 4;

    /** Has room for so many octets of reservations. */
    private static final class Room implements ContentBudget {

        private int left;

        Room(int left) {
            this.left = left;
        }

        @Override
        public boolean acquire(int octets) {
            boolean fits = octets <= left;
            left -= fits ? octets : 0;
            return fits;
        }

        @Override
        public void release(int octets) {
            left += octets;
        }
    }

    @Test
    void endsBehindItsEmptyLineInAnyPieces() {
        for (int piece = 1; piece <= MAIL.length; piece++) {
            try (HeldHeader header = new HeldHeader(new Room(1 << 20), 1 << 20)) {
                int taken = 0;
                for (int at = 0; at < MAIL.length && !header.ended(); at += piece) {
                    taken += header.take(MAIL, at, Math.min(piece, MAIL.length - at));
                }
                assertTrue(header.ended());
                assertEquals(END, taken);
                assertArrayEquals(Arrays.copyOf(MAIL, END), header.toByteArray());
            }
        }
    }

    @Test
    void takesOneOctetMoreThanItsLimitAndNoMore() {
        try (HeldHeader header = new HeldHeader(new Room(1 << 20), 10)) {
            assertEquals(10, header.take(MAIL, 0, 10));
            assertFalse(header.tooLong());
        }
        try (HeldHeader header = new HeldHeader(new Room(1 << 20), 10)) {
            assertEquals(11, header.take(MAIL, 0, MAIL.length));
            assertTrue(header.tooLong());
            assertEquals(0, header.take(MAIL, 11, 1));
        }
    }

    @Test
    void holdsNothingForWhichThereIsNoRoom() {
        Room room = new Room(30 * 1024);
        byte[] line = new byte[9 * 1024];
        try (HeldHeader header = new HeldHeader(room, 1 << 20)) {
            assertEquals(8 * 1024, header.take(line, 0, line.length));
            assertTrue(header.noRoom());
            assertEquals(0, header.take(line, 0, line.length));
        }
        assertEquals(30 * 1024, room.left);
    }
}
