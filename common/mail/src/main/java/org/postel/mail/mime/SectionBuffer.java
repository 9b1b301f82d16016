package org.postel.mail.mime;

import java.util.Arrays;

/** Gathers the header section that is being read, as far as the limits let it be looked at. */
final class SectionBuffer {

    private final int limit;
    private int left;
    private byte[] octets = new byte[1024];
    private int length;
    private int lineAt;

    SectionBuffer(MimeLimits limits) {
        this.limit = limits.sectionOctets();
        this.left = limits.headerOctets();
    }

    void append(byte[] source, int offset, int count) {
        int taken = Math.min(count, Math.min(limit, left) - length);
        if (length + taken > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + taken, 2 * octets.length));
        }
        System.arraycopy(source, offset, octets, length, taken);
        length += taken;
    }

    /** What follows is a new line. */
    void markLine() {
        lineAt = length;
    }

    /** The line that was read last is not of the header. */
    void dropLine() {
        length = lineAt;
    }

    /** The section, valid until the next one begins. */
    HeaderSection take() {
        HeaderSection section = new HeaderSection(octets, length);
        left -= length;
        length = 0;
        lineAt = 0;
        return section;
    }
}
