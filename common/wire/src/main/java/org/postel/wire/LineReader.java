package org.postel.wire;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads one line, strict about its end (RFC 5321 §2.3.8). A line that is too long or has a bare CR or LF is read to its LF
 * before it is reported, so that the next read is in step; what is over the limit is not kept.
 */
final class LineReader {

    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte[] NONE = {};

    private final Source source;
    private final int limit;
    private final BeforeWait beforeWait;
    private byte[] line = NONE;
    private int length;
    private boolean tooLong;
    private boolean commandUnderWay;

    /** @param commandUnderWay something of the command has come before this line, so no drain may end the wait for it */
    LineReader(Source source, int limit, boolean commandUnderWay, BeforeWait beforeWait) {
        this.source = source;
        this.limit = limit;
        this.commandUnderWay = commandUnderWay;
        this.beforeWait = beforeWait;
    }

    /** Done before the reader waits: a peer that sent half a line may be waiting for the answer to the one before. */
    @FunctionalInterface
    interface BeforeWait {
        void run() throws IOException;
    }

    /** The line without its CRLF. */
    byte[] read(long deadline) throws IOException {
        while (true) {
            if (!source.hasInput()) {
                beforeWait.run();
            }
            ByteBuf segment = source.segment(deadline, !commandUnderWay);
            commandUnderWay = true;
            int lf = segment.indexOf(segment.readerIndex(), segment.writerIndex(), LF);
            append(segment, (lf < 0 ? segment.writerIndex() : lf + 1) - segment.readerIndex());
            if (lf >= 0) {
                return checked();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IdleTimeoutException("line not finished in time");
            }
        }
    }

    private void append(ByteBuf segment, int count) {
        if (tooLong || length + (long) count > limit + 2L) {
            tooLong = true;
            line = NONE;
            segment.skipBytes(count);
            return;
        }
        if (line.length < length + count) {
            line = Arrays.copyOf(line, length == 0 ? count : Math.max(2 * length, length + count));
        }
        segment.readBytes(line, length, count);
        length += count;
    }

    private byte[] checked() throws IOException {
        if (tooLong) {
            throw new LineTooLongException(limit);
        }
        int end = length - 2;
        if (end < 0 || line[end] != CR) {
            throw new BareLineEndException();
        }
        for (int i = 0; i < end; i++) {
            if (line[i] == CR) {
                throw new BareLineEndException();
            }
        }
        return Arrays.copyOf(line, end);
    }
}
