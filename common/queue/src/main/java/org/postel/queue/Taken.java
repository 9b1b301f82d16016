package org.postel.queue;

import java.time.Instant;
import org.postel.queue.v1.QueuedMessage;

/**
 * A record in the hands of this worker.
 *
 * @param topic where it was taken from
 * @param message what it carries
 * @param deliveryCount how often it was handed out, this time included: above 1, a worker may have done it already
 * @param queuedAt when the broker got it
 */
public record Taken(String topic, QueuedMessage message, int deliveryCount, Instant queuedAt) {

    /** Whether somebody may have worked on it before. */
    public boolean redelivered() {
        return deliveryCount > 1 || message.getAttempts() > 0;
    }
}
