package org.postel.mailbox.transit;

/** An order about queued mail that cannot be carried out. The message is for the operator. */
public final class QueueException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Fault {
        /** Nothing is known of such a message. */
        UNKNOWN,
        /** Not as things are. */
        NOT_NOW,
        /** It is no question, or no order. */
        INVALID
    }

    private final Fault fault;

    public QueueException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What is in the way. */
    public Fault fault() {
        return fault;
    }
}
