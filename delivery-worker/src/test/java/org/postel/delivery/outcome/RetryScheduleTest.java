package org.postel.delivery.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofHours(6);
    private final RetrySchedule schedule = new RetrySchedule(List.of(SHORT, LONG), Duration.ofDays(5));

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
}
