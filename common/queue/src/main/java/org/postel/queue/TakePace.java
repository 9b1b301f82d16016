package org.postel.queue;

import java.time.Duration;

/**
 * How long it is from one take of a lane to its next. A take costs the broker and this process the same for one record and for many, so
 * the busier a line is, the longer its records gather. What comes after a quiet moment is taken at once, and so is what a take left that was full by number.
 *
 * @param batch records that a take brings at most
 */
record TakePace(int batch) {

    private static final Duration EACH = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMillis(100);

    /** @param brought records that the take brought and the lane did not hold before */
    Duration after(int brought) {
        if (brought >= batch) {
            return Duration.ZERO;
        }
        Duration gathering = EACH.multipliedBy(brought);
        return gathering.compareTo(LONGEST) < 0 ? gathering : LONGEST;
    }
}
