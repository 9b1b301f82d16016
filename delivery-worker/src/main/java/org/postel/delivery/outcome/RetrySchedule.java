package org.postel.delivery.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a message that could not be delivered is tried again: RFC 5321 §4.5.4.1.
 *
 * @param delays before the second, third, ... attempt; the last one goes on
 * @param giveUpAfter since the message was accepted
 */
public record RetrySchedule(List<Duration> delays, Duration giveUpAfter) {

    /** Checks that there is a delay. */
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("a retry schedule needs a delay");
        }
    }

    /**
     * The delay before the next attempt.
     *
     * @param attempts made so far, this one included
     * @return empty when the time is up: no attempt would come before the end
     */
    public Optional<Duration> next(int attempts, Instant acceptedAt, Instant now) {
        Duration delay = delays.get(Math.clamp(attempts - 1L, 0, delays.size() - 1));
        return now.plus(delay).isAfter(acceptedAt.plus(giveUpAfter)) ? Optional.empty() : Optional.of(delay);
    }
}
