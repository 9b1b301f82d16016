package org.postel.delivery.relay;

import java.util.List;
import java.util.Optional;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.queue.v1.Failure;

/** What came of giving a message to the servers of its domain. */
sealed interface Sent {

    /** It was given to one, or none could be reached: an outcome for each recipient, in their order. */
    record Tried(List<RecipientOutcome> outcomes) implements Sent {}

    /**
     * Its server gets as many messages as it may.
     *
     * @param away with what it turned a connection away before; empty where it did not
     */
    record NotYet(Optional<Failure> away) implements Sent {}

    /** It was to go over a connection that is open, and there is none. */
    record NoConnection() implements Sent {}
}
