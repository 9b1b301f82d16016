package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes content after a 354: {@link TextLines} with their dots doubled, and CRLF.CRLF at the end (RFC 5321 §4.5.2). */
final class ContentWriter {

    private static final int BLOCK = 16 * 1024;
    private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final Runnable beforeBlock;
    private final ByteBuffer block = ByteBuffer.allocate((int) TextLines.most(BLOCK) + END.length);
    private final TextLines lines = new TextLines(block, true);

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
            lines.put(read, got);
            flush();
            total += got;
        }
        if (total != size) {
            throw new IOException("the content has " + total + " octets and not " + size);
        }
        lines.end();
        block.put(END);
        flush();
    }

    private void flush() throws IOException {
        beforeBlock.run();
        out.write(block.array(), 0, block.position());
        out.flush();
        block.clear();
    }
}
