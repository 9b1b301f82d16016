package org.postel.delivery.outcome;

import java.time.Instant;
import java.util.List;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;

/**
 * Tells the sender of a message what is no failure, as far as the sender wants to know (RFC 3461 §4.1). Each method returns
 * once the notification is in the queue. Nobody is told about a message with the null reverse-path.
 */
public interface Notices {

    /**
     * The mail arrived, or went on.
     *
     * @param arrived none with a failure
     */
    void arrived(QueuedMessage message, List<RecipientOutcome> arrived) throws InterruptedException;

    /**
     * The mail takes long, and is still tried. Whoever calls remembers that these recipients were told of.
     *
     * @param delayed each with its last failure
     * @param until when it will be given up
     */
    void delayed(QueuedMessage message, List<Recipient> delayed, Instant until) throws InterruptedException;
}
