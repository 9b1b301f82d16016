package org.postel.delivery.outcome;

import org.postel.queue.v1.Failure;

/** What became of the message for one recipient. */
public sealed interface Result {

    /**
     * It is where it should be.
     *
     * @param detail for the trace: the mailbox, or the host that took it and what it said
     */
    record Delivered(String detail) implements Result {}

    /**
     * Not now: it is tried again until the time is up.
     *
     * @param failure with a status of class 4
     */
    record Deferred(Failure failure) implements Result {}

    /**
     * Never: the sender is told.
     *
     * @param failure with a status of class 5
     */
    record Refused(Failure failure) implements Result {}
}
