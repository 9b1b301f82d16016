package org.postel.mailbox.store;

import java.time.Duration;

/**
 * How many commits of deliveries are under way at once: the fewest with which nobody waits longer than a delivery may wait for
 * company. While a mailbox waits, further deliveries join it, and one commit for all of them costs the database the same. Where
 * mailboxes wait that long and get one delivery each, more are right. Not safe for several threads.
 */
final class CommitPace {

    private static final int STALLED = 4;
    /** Weight of one wait in the average. */
    private static final double SMOOTHING = 0.1;

    private final int least;
    private final int most;
    private final double patience;
    private int slots;
    private double average;
    private int since;

    /**
     * Begins with the least.
     *
     * @param patience how long a delivery may wait
     */
    CommitPace(int least, int most, Duration patience) {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("at least one commit at once, and not more than the most: " + least + " to " + most);
        }
        this.least = least;
        this.most = most;
        this.patience = patience.toNanos();
        this.slots = least;
    }

    int slots() {
        return slots;
    }

    /** More than this is never under way. */
    int most() {
        return most;
    }

    /** So long a mailbox waits for those that are under way: then some of them are stuck, and it goes beside them. Nanoseconds. */
    long stalled() {
        return (long) (STALLED * patience);
    }

    /**
     * A mailbox's turn came.
     *
     * @param nanos it waited
     */
    void waited(long nanos) {
        average += SMOOTHING * (nanos - average);
        // One change for each set of commits, so that the next is judged by what this one did.
        if (++since >= slots) {
            since = 0;
            int wanted = average > patience ? slots + 1 : average < patience / 2 ? slots - 1 : slots;
            slots = Math.clamp(wanted, least, most);
        }
    }
}
