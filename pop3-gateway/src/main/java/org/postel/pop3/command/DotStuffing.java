package org.postel.pop3.command;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.postel.wire.Connection;

/**
 * A message as a multi-line response (RFC 1939 §3): a line that begins with a dot gets another, every line ends in CRLF,
 * and a dot ends it all. Content with bare CR or LF, or without a last CRLF, can have come by IMAP; each ends a line here,
 * as a client that takes it for a line end would otherwise find an end of the response that is none (SAFETY row 1).
 */
final class DotStuffing {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] DOT = {'.'};
    private static final int LINE_END = 2;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    private final Connection out;
    private final boolean headerOnly;
    private int bodyLinesLeft;
    private boolean inHeader = true;
    private boolean enough;
    private boolean lineEmpty = true;
    private boolean afterCr;

    private DotStuffing(Connection out, boolean headerOnly, int bodyLines) {
        this.out = out;
        this.headerOnly = headerOnly;
        this.bodyLinesLeft = bodyLines;
    }

    /** RETR. */
    static DotStuffing whole(Connection out) {
        return new DotStuffing(out, false, 0);
    }

    /** TOP: the header, the empty line and some lines of the body. */
    static DotStuffing top(Connection out, int bodyLines) {
        return new DotStuffing(out, true, bodyLines);
    }

    /** Whether all that was asked for is written. */
    boolean enough() {
        return enough;
    }

    void write(byte[] octets) throws IOException {
        int at = 0;
        while (at < octets.length && !enough) {
            int asItStands = headerOnly ? at : endOfGoodLines(octets, at);
            if (asItStands > at) {
                out.write(octets, at, asItStands - at);
                lineEmpty = octets[asItStands - 1] == '\n';
                at = asItStands;
            } else {
                at = octets[at] == '\r' || octets[at] == '\n' ? lineEnd(octets[at], at) : text(octets, at);
            }
        }
    }

    /** Nearly all of nearly every message is lines that end in CRLF and begin with no dot: they are written in one piece. */
    private int endOfGoodLines(byte[] octets, int from) {
        if (afterCr || lineEmpty && octets[from] == '.') {
            return from;
        }
        int at = lineEndFrom(octets, from);
        while (at + 1 < octets.length && octets[at] == '\r' && octets[at + 1] == '\n') {
            int line = at + LINE_END;
            if (line == octets.length || octets[line] == '.') {
                return line;
            }
            at = lineEndFrom(octets, line);
        }
        return at;
    }

    /** The place of the next CR or LF, or the end; eight octets are looked at together. */
    private static int lineEndFrom(byte[] octets, int from) {
        int at = from;
        while (true) {
            while (at + Long.BYTES <= octets.length && !hasControl((long) EIGHT.get(octets, at))) {
                at += Long.BYTES;
            }
            int end = Math.min(octets.length, at + Long.BYTES);
            while (at < end && octets[at] != '\r' && octets[at] != '\n') {
                at++;
            }
            if (at < end || at == octets.length) {
                return at;
            }
        }
    }

    /** Whether one of eight octets is at most CR: a borrow reaches the top bit of such an octet, or of one above it, only then. */
    private static boolean hasControl(long octets) {
        return ((octets - ('\r' + 1) * ONES) & ~octets & 0x80 * ONES) != 0;
    }

    private int lineEnd(byte octet, int at) throws IOException {
        if (octet == '\n') {
            afterCr = false;
            endLine();
        } else if (afterCr) {
            endLine();
        } else {
            afterCr = true;
        }
        return at + 1;
    }

    private int text(byte[] octets, int from) throws IOException {
        if (afterCr) {
            afterCr = false;
            endLine();
            return from;
        }
        if (lineEmpty && octets[from] == '.') {
            out.write(DOT);
        }
        int end = from;
        while (end < octets.length && octets[end] != '\r' && octets[end] != '\n') {
            end++;
        }
        out.write(octets, from, end - from);
        lineEmpty = false;
        return end;
    }

    private void endLine() throws IOException {
        out.write(CRLF);
        if (headerOnly) {
            count();
        }
        lineEmpty = true;
    }

    private void count() {
        if (!inHeader) {
            bodyLinesLeft--;
        } else if (lineEmpty) {
            inHeader = false;
        }
        enough = !inHeader && bodyLinesLeft <= 0;
    }

    /** Ends the last line, and the response. */
    void finish() throws IOException {
        if (!enough && (afterCr || !lineEmpty)) {
            out.write(CRLF);
        }
        out.write(DOT);
        out.write(CRLF);
    }
}
