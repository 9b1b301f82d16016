package org.postel.delivery.outcome;

import org.postel.queue.v1.Failure;

/** What became of the message for one recipient. */
public sealed interface Result {

    /**
     * It is in a mailbox of ours.
     *
     * @param detail for the trace: the mailbox
     */
    record Delivered(String detail) implements Result {}

    /**
     * Its recipient's rules threw it away.
     *
     * @param detail for the trace: which
     */
    record Discarded(String detail) implements Result {}

    /**
     * Another server has it.
     *
     * @param server its name and address, and how the connection was secured, for the trace
     * @param host its name
     * @param reply what it said
     * @param passedOn whether it also took over to tell the sender what becomes of it (RFC 3461 §5.2.1)
     */
    record Relayed(String server, String host, String reply, boolean passedOn) implements Result {}

    /** An alias stood for several addresses, each of which has an outcome of its own: RFC 3461 §5.2.7.3. */
    record Expanded() implements Result {}

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
