package org.postel.queue;

import java.time.Duration;
import java.time.Instant;
import org.postel.queue.v1.QueuedMessage;

/**
 * A record in the hands of this worker.
 *
 * @param topic where it was taken from
 * @param message what it carries
 * @param deliveryCount how often it was handed out, this time included, as far as the broker knows
 * @param queuedAt when it was queued, by the clock of who queued it
 */
public record Taken(String topic, QueuedMessage message, int deliveryCount, Instant queuedAt) {

    /** A record taken sooner than this after it was queued is new to all workers, but for a failover within the same moment. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /**
     * Whether somebody may have worked on it before. The delivery count alone does not tell: a broker that dies forgets how
     * often it handed out what was in hand (KIP-932, the count of acquired records is not persisted), and counts from 1 again.
     */
    public boolean redelivered() {
        Duration age = Duration.between(queuedAt, Instant.now());
        return deliveryCount > 1 || message.getAttempts() > 0 || age.isNegative() || age.compareTo(FRESH) > 0;
    }
}
