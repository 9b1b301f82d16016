package org.postel.mail.mime;

/**
 * Where a part stands, in octets from the start of the message: the header with its empty line is
 * {@code [headerStart, bodyStart)}, the body {@code [bodyStart, bodyEnd)}. The line end before a boundary belongs to the
 * boundary (RFC 2046 §5.1.1) and so to no body.
 */
public record Extent(long headerStart, long bodyStart, long bodyEnd) {

    public Extent {
        if (headerStart < 0 || bodyStart < headerStart || bodyEnd < bodyStart) {
            throw new IllegalArgumentException("not in order: " + headerStart + ", " + bodyStart + ", " + bodyEnd);
        }
    }

    public long headerSize() {
        return bodyStart - headerStart;
    }

    public long bodySize() {
        return bodyEnd - bodyStart;
    }
}
