package org.postel.delivery.outcome;

import org.postel.queue.v1.Recipient;

/**
 * A recipient and what became of it.
 *
 * @param recipient as in the record
 * @param result what became of it
 */
public record RecipientOutcome(Recipient recipient, Result result) {
}
