package org.postel.delivery.smtp;

import java.nio.ByteBuffer;

/**
 * Content as it goes out: every line ends in CRLF whatever it ended in before. A bare CR or LF never does (RFC 5321 §2.3.8): some
 * servers see the end of the content in it.
 */
final class TextLines {

    private final ByteBuffer block;
    private final boolean dotsDoubled;
    private boolean lineStart = true;
    private boolean afterCr;

    /**
     * @param block where they are put; whoever owns it makes room
     * @param dotsDoubled whether a dot at the start of a line becomes two: RFC 5321 §4.5.2
     */
    TextLines(ByteBuffer block, boolean dotsDoubled) {
        this.block = block;
        this.dotsDoubled = dotsDoubled;
    }

    /** The most that so many octets become: each two, with a CR that came before them and the end of the last line. */
    static long most(long octets) {
        return 2 * octets + 4;
    }

    void put(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            put(octets[i]);
        }
    }

    /** The last line ends, if it has not. */
    void end() {
        if (afterCr || !lineStart) {
            lineEnd();
        }
    }

    private void put(byte octet) {
        boolean secondOfCrlf = afterCr && octet == '\n';
        if (afterCr) {
            lineEnd();
        }
        switch (octet) {
            case '\r' -> afterCr = true;
            case '\n' -> {
                if (!secondOfCrlf) {
                    lineEnd();
                }
            }
            default -> {
                if (dotsDoubled && lineStart && octet == '.') {
                    block.put(octet);
                }
                block.put(octet);
                lineStart = false;
            }
        }
    }

    private void lineEnd() {
        block.put((byte) '\r').put((byte) '\n');
        lineStart = true;
        afterCr = false;
    }
}
