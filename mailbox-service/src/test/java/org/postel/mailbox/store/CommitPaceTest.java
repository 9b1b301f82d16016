package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    private static final long PATIENCE = Duration.ofMillis(400).toNanos();
    private static final long COMMIT = Duration.ofMillis(10).toNanos();

    private final CommitPace pace = new CommitPace(2, 64, Duration.ofNanos(PATIENCE));

    @Test
    void fewMailboxesThatSoonHaveTheirTurnShareFewSlots() {
        run(slots -> 50 * COMMIT / slots);
        assertEquals(2, pace.slots());
    }

    @Test
    void whereManyMailboxesWaitSlotsGrowUntilNoneWaitsTooLong() {
        run(slots -> 600 * COMMIT / slots);
        long wait = 600 * COMMIT / pace.slots();
        assertTrue(wait <= PATIENCE && wait >= PATIENCE / 2, pace.slots() + " slots");
    }

    @Test
    void whenNobodyWaitsAnyMoreThereAreFewAgain() {
        run(slots -> 600 * COMMIT / slots);
        run(slots -> 0);
        assertEquals(2, pace.slots());
    }

    @Test
    void aDatabaseThatStandsStillGetsNoMoreThanTheMost() {
        run(slots -> 100 * PATIENCE);
        assertEquals(64, pace.slots());
    }

    /** @param wait of a mailbox when there are so many slots, nanoseconds */
    private void run(IntToLongFunction wait) {
        for (int i = 0; i < 10_000; i++) {
            pace.waited(wait.applyAsLong(pace.slots()));
        }
    }
}
