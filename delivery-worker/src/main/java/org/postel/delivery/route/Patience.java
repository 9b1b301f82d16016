package org.postel.delivery.route;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long a store that does not answer is asked again for one message. A restart of it takes seconds: waiting spares a retry tier. */
final class Patience {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final long end;
    private final BooleanSupplier stopping;
    private Duration pause = FIRST_PAUSE;

    /** @param stopping true when nobody should wait any more */
    Patience(Duration limit, BooleanSupplier stopping) {
        this.end = System.nanoTime() + limit.toNanos();
        this.stopping = stopping;
    }

    /** Waits before another attempt; false when there should be none. */
    boolean again() throws InterruptedException {
        if (stopping.getAsBoolean() || System.nanoTime() - end > 0) {
            return false;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        return true;
    }
}
