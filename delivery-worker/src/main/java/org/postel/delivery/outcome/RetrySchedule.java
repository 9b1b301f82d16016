package org.postel.delivery.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a message that could not be delivered is tried again: RFC 5321 §4.5.4.1.
 *
 * @param delays before the second, third, ... attempt; the last one goes on
 * @param giveUpAfter since the message was accepted
 * @param warnAfter since the message was accepted, once, while it is still tried; zero: never
 */
public record RetrySchedule(List<Duration> delays, Duration giveUpAfter, Duration warnAfter) {

    /** Checks that there is a delay. */
    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("a retry schedule needs a delay");
        }
    }

    /**
     * The delay before the next attempt. One that would end long after it is time to warn is shortened, so that the warning
     * is not late.
     *
     * @param attempts made so far, this one included
     * @return empty when the time is up: no attempt would come before the end
     */
    public Optional<Duration> next(int attempts, Instant acceptedAt, Instant now) {
        Duration delay = delays.get(Math.clamp(attempts - 1L, 0, delays.size() - 1));
        if (now.plus(delay).isAfter(end(acceptedAt))) {
            return Optional.empty();
        }
        Duration toWarning = Duration.between(now, acceptedAt.plus(warnAfter));
        return toWarning.isPositive()
                ? delays.stream().filter(shorter -> shorter.compareTo(toWarning) >= 0 && shorter.compareTo(delay) < 0)
                        .min(Comparator.naturalOrder()).or(() -> Optional.of(delay))
                : Optional.of(delay);
    }

    /** Whether the sender of a message that is still tried is to know that it takes long. */
    public boolean late(Instant acceptedAt, Instant now) {
        return warnAfter.isPositive() && !now.isBefore(acceptedAt.plus(warnAfter));
    }

    /** When the message is given up. */
    public Instant end(Instant acceptedAt) {
        return acceptedAt.plus(giveUpAfter);
    }
}
