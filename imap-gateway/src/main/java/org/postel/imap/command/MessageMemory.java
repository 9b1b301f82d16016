package org.postel.imap.command;

import java.time.Duration;
import org.postel.wire.ByteBudget;

/**
 * The memory that small messages of APPEND may take on their way through, in all connections together. A message that has
 * its octets here takes one call; where there is no room it goes through in pieces.
 */
public final class MessageMemory {

    private final int largest;
    private final ByteBudget octets;

    /**
     * @param largest octets of one message
     * @param all     octets of all messages at a time
     */
    public MessageMemory(int largest, int all) {
        this.largest = Math.min(largest, all);
        this.octets = new ByteBudget(all);
    }

    /** Whether there is room for a message now; if so it is to be given back. */
    boolean take(long size) {
        return size <= largest && octets.acquire((int) size, Duration.ZERO);
    }

    void giveBack(long size) {
        octets.release((int) size);
    }
}
