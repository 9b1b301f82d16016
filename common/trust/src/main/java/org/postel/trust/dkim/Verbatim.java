package org.postel.trust.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds what of a body stands in its canonical form (RFC 6376 §3.4.3 and §3.4.4) as it came, which is nearly all of most bodies: eight octets at a time. */
final class Verbatim {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private final boolean relaxed;
    private final long carriageReturns = '\r' * EACH;
    // Simple: white space is as any octet, so these look for CR too.
    private final long tabs;
    private final long spaces;

    Verbatim(Canonicalization canonicalization) {
        this.relaxed = canonicalization == Canonicalization.RELAXED;
        this.tabs = relaxed ? '\t' * EACH : carriageReturns;
        this.spaces = relaxed ? ' ' * EACH : carriageReturns;
    }

    /** Whether the octet stands as it is wherever it comes. */
    boolean plain(byte octet) {
        return octet != '\r' && !(relaxed && (octet == ' ' || octet == '\t'));
    }

    /** How many octets from {@code begin} on stand as they are whatever follows: the first and the last of them are plain. */
    int run(byte[] from, int begin, int end) {
        if (!plain(from[begin])) {
            return 0;
        }
        int next = begin + 1;
        int more = 1;
        while (more > 0) {
            next = words(from, next, end);
            more = next == end ? 0 : step(from, next, end);
            next += more;
        }
        // A space that nothing plain follows yet may be at the end of a line.
        return (plain(from[next - 1]) ? next : next - 1) - begin;
    }

    /** Goes over words with one space between two of them, until something else comes or less than eight octets are left. */
    private int words(byte[] from, int begin, int end) {
        int next = begin;
        while (end - next >= Long.BYTES) {
            long word = (long) WORD.get(from, next);
            long blanks = zeros(word ^ spaces);
            // The first of two spaces too.
            long stops = zeros(word ^ carriageReturns) | zeros(word ^ tabs) | blanks & blanks >>> Byte.SIZE;
            if (stops != 0) {
                return next + Long.numberOfTrailingZeros(stops) / Byte.SIZE;
            }
            // What ends with a space may go on with another one.
            next += blanks < 0 ? Long.BYTES - 1 : Long.BYTES;
        }
        return next;
    }

    // The top bit of each octet that is 0: exact up to the lowest, and right above one a 1 counts too, as '!' does behind a space; step() looks again.
    private static long zeros(long word) {
        return word - EACH & ~word & TOP_BITS;
    }

    /** How many octets more stand as they are, the last of them plain; 0 when that cannot be told here. */
    private int step(byte[] from, int at, int end) {
        if (plain(from[at])) {
            return 1;
        }
        if (!plain(from[at - 1])) {
            return 0;
        }
        if (from[at] == ' ') {
            return at + 1 < end && plain(from[at + 1]) ? 2 : 0;
        }
        return from[at] == '\r' && at + 2 < end && from[at + 1] == '\n' && plain(from[at + 2]) ? 3 : 0;
    }
}
