package org.postel.delivery.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofHours(6);
    private final RetrySchedule schedule = new RetrySchedule(List.of(SHORT, LONG), Duration.ofDays(5), Duration.ZERO);

    @Test
    void lastDelayGoesOn() {
        Instant accepted = Instant.EPOCH;
        assertEquals(Optional.of(SHORT), schedule.next(1, accepted, accepted));
        assertEquals(Optional.of(LONG), schedule.next(2, accepted, accepted));
        assertEquals(Optional.of(LONG), schedule.next(17, accepted, accepted));
    }

    @Test
    void noAttemptComesAfterTheEnd() {
        Instant accepted = Instant.EPOCH;
        Instant almost = accepted.plus(Duration.ofDays(5)).minus(LONG);
        assertEquals(Optional.of(LONG), schedule.next(20, accepted, almost));
        assertEquals(Optional.empty(), schedule.next(20, accepted, almost.plusMillis(1)));
    }

    @Test
    void theWaitEndsSoonAfterItIsTimeToWarn() {
        Duration middle = Duration.ofHours(2);
        RetrySchedule warning = new RetrySchedule(List.of(SHORT, middle, LONG), Duration.ofDays(5), Duration.ofHours(4));
        Instant accepted = Instant.EPOCH;
        Instant third = accepted.plus(Duration.ofMinutes(155));
        assertEquals(Optional.of(middle), warning.next(3, accepted, third), "and not 6 h, which would warn after 8 h 35 min");
        assertEquals(Optional.of(SHORT), warning.next(1, accepted, accepted), "no wait is made longer");
        assertEquals(Optional.of(LONG), warning.next(4, accepted, third.plus(middle)), "the schedule goes on");
        assertFalse(warning.late(accepted, third));
        assertTrue(warning.late(accepted, third.plus(middle)));
        assertFalse(schedule.late(accepted, third.plus(middle)), "0 is never");
    }
}
