package org.postel.delivery.outcome;

import org.postel.queue.v1.QueuedMessage;

/** Finds the content of a message: in its record, or in the store. */
@FunctionalInterface
public interface Contents {

    /** Contacts nobody yet. */
    MessageContent of(QueuedMessage message);
}
