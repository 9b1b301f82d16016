package org.postel.queue;

import org.postel.queue.v1.QueuedMessage;

/**
 * A record in the hands of this worker. Somebody may have worked on it before: a delivery count of one does not tell, because
 * a broker that dies forgets how often it handed out what was in hand (KIP-932) and counts from one again.
 *
 * @param topic where it was taken from
 * @param message what it carries
 * @param deliveryCount how often it was handed out, this time included, as far as the broker knows
 */
public record Taken(String topic, QueuedMessage message, int deliveryCount) {}
