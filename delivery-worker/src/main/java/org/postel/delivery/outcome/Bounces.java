package org.postel.delivery.outcome;

import java.util.List;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/** Tells the sender of a message that it was given up. */
public interface Bounces {

    /**
     * Returns once the notification is in the queue, or the message in {@code mail.dead} when nobody can be told.
     *
     * @param recipients each with its last failure
     */
    void bounce(QueuedMessage message, List<Recipient> recipients) throws InterruptedException;
}
