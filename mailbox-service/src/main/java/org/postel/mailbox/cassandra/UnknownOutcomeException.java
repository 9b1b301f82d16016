package org.postel.mailbox.cassandra;

/** A conditional write that may or may not have been applied: only a serial read can tell. */
public final class UnknownOutcomeException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Throwable cause) {
        super(cause);
    }
}
