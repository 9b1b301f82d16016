package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes content after a 354: every line ends in CRLF whatever it ended in before, a dot at the start of a line is doubled
 * (RFC 5321 §4.5.2), and CRLF.CRLF stands at the end. A bare CR or LF never goes out (RFC 5321 §2.3.8): some servers see the
 * end of the content in it.
 */
final class ContentWriter {

    private static final int BLOCK = 16 * 1024;

    private final OutputStream out;
    private final Runnable beforeBlock;
    // Each octet may become two, and the end takes five.
    private final byte[] block = new byte[2 * BLOCK + 8];
    private int length;
    private boolean lineStart = true;
    private boolean afterCr;

    /** @param beforeBlock called before each write to the server */
    ContentWriter(OutputStream out, Runnable beforeBlock) {
        this.out = out;
        this.beforeBlock = beforeBlock;
    }

    /**
     * Writes all of it, and the end.
     *
     * @param size octets the content must have: half a message must never get its final dot
     */
    void write(InputStream content, long size) throws IOException {
        byte[] read = new byte[BLOCK];
        long total = 0;
        for (int got = content.read(read); got >= 0; got = content.read(read)) {
            for (int i = 0; i < got; i++) {
                octet(read[i]);
            }
            flush();
            total += got;
        }
        if (total != size) {
            throw new IOException("the content has " + total + " octets and not " + size);
        }
        if (afterCr || !lineStart) {
            lineEnd();
        }
        put('.');
        lineEnd();
        flush();
    }

    private void octet(byte octet) {
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
                if (lineStart && octet == '.') {
                    put('.');
                }
                put(octet);
                lineStart = false;
            }
        }
    }

    private void lineEnd() {
        put('\r');
        put('\n');
        lineStart = true;
        afterCr = false;
    }

    private void put(int octet) {
        block[length++] = (byte) octet;
    }

    private void flush() throws IOException {
        beforeBlock.run();
        out.write(block, 0, length);
        out.flush();
        length = 0;
    }
}
