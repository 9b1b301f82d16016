package org.postel.smtp.trust;

import java.io.ByteArrayOutputStream;
import org.postel.smtp.command.ContentBudget;

/** A header in memory until its empty line comes, within a limit and the budget. */
final class HeldHeader implements AutoCloseable {

    private static final int STEP = 8 * 1024;
    // As octets, as fields, and as what is hashed of it.
    private static final int COST = 3;

    private final ContentBudget budget;
    private final int limit;
    private ByteArrayOutputStream octets = new ByteArrayOutputStream(1024);
    private int reserved;
    // How much of CR LF CR LF the last octets are; the line before the first is over.
    private int matched = 2;
    private boolean noRoom;

    HeldHeader(ContentBudget budget, int limit) {
        this.budget = budget;
        this.limit = limit;
    }

    /** How many of the octets belong to it, up to the end of the empty line. */
    int take(byte[] from, int offset, int length) {
        int count = 0;
        while (count < length && !noRoom && !ended() && !tooLong() && room()) {
            // One octet more than the limit shows that it is passed.
            int most = Math.min(Math.min(length - count, reserved - octets.size()) - 1, limit - octets.size()) + 1;
            int run = untilEnd(from, offset + count, most);
            octets.write(from, offset + count, run);
            count += run;
        }
        return count;
    }

    private int untilEnd(byte[] from, int begin, int most) {
        int count = 0;
        while (count < most && !ended()) {
            byte octet = from[begin + count++];
            while (matched == 0 && octet != '\r' && count < most) {
                octet = from[begin + count++];
            }
            matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        return count;
    }

    private boolean room() {
        if (octets.size() < reserved) {
            return true;
        }
        noRoom = !budget.acquire(COST * STEP);
        reserved += noRoom ? 0 : STEP;
        return !noRoom;
    }

    /** Whether the empty line has come. */
    boolean ended() {
        return matched == 4;
    }

    boolean tooLong() {
        return octets.size() > limit;
    }

    /** Whether the budget has no room for more of it. */
    boolean noRoom() {
        return noRoom;
    }

    byte[] toByteArray() {
        return octets.toByteArray();
    }

    /** Forgets it and gives its room back. */
    @Override
    public void close() {
        octets = new ByteArrayOutputStream(0);
        budget.release(COST * reserved);
        reserved = 0;
    }
}
