package org.postel.mail.mime;

/** Where the scanner stands: the line that is being read, its first octets, and how the line before it ended. */
final class LineStart {

    private final byte[] octets;
    private int kept;
    private long start;
    private long length;
    private long before;
    private int endingBefore;
    private byte last;
    private byte lastButOne;

    LineStart(int room) {
        this.octets = new byte[room];
    }

    void append(byte[] source, int offset, int count) {
        int fitting = Math.min(count, octets.length - kept);
        System.arraycopy(source, offset, octets, kept, fitting);
        kept += fitting;
        length += count;
        lastButOne = count > 1 ? source[offset + count - 2] : last;
        last = source[offset + count - 1];
    }

    /** The line is over, with or without a line end; a new one begins. */
    void next() {
        boolean ended = length > 0 && last == '\n';
        endingBefore = !ended ? 0 : length > 1 && lastButOne == '\r' ? 2 : 1;
        before += ended ? 1 : 0;
        start += length;
        length = 0;
        kept = 0;
    }

    /** Whether it has nothing but its line end. */
    boolean isEmpty() {
        return kept == 1 && octets[0] == '\n' || kept == 2 && octets[0] == '\r' && octets[1] == '\n';
    }

    /** Octets of the line so far. */
    long length() {
        return length;
    }

    /** Its first octets, {@link #kept} of them. */
    byte[] octets() {
        return octets;
    }

    int kept() {
        return kept;
    }

    /** Offset of its first octet in the message. */
    long start() {
        return start;
    }

    /** Octets of the line end before it; 0 at the start of the message and at its end, when that lacks one. */
    int endingBefore() {
        return endingBefore;
    }

    /** How many lines end before it. */
    long before() {
        return before;
    }
}
