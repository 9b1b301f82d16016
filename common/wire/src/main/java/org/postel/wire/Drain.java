package org.postel.wire;

import java.time.Duration;

/**
 * How a listener takes leave of its sessions when the process is to end.
 *
 * @param spread     over this time the sessions are told, one after the other at even intervals, and each is served until its turn;
 *                   zero: all are told at once
 * @param longestGap the longest interval between two of them, so that few sessions hold nobody up
 * @param patience   how long after the last was told what still runs may take
 */
public record Drain(Duration spread, Duration longestGap, Duration patience) {

    /** Fifty clients a second that come back to another process are no burden to it. */
    private static final Duration LONGEST_GAP = Duration.ofMillis(20);

    /** @throws IllegalArgumentException when a time is negative */
    public Drain {
        if (spread.isNegative() || longestGap.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("negative time for a drain");
        }
    }

    /** Told evenly over a time, or faster where there are few. */
    public static Drain over(Duration spread, Duration patience) {
        return new Drain(spread, LONGEST_GAP, patience);
    }

    /** All told in the same moment: for clients that keep no connection open and so do not all come back. */
    public static Drain atOnce(Duration patience) {
        return over(Duration.ZERO, patience);
    }

    /** Between two of so many sessions. */
    Duration gap(int sessions) {
        Duration even = spread.dividedBy(Math.max(1, sessions));
        return even.compareTo(longestGap) < 0 ? even : longestGap;
    }
}
