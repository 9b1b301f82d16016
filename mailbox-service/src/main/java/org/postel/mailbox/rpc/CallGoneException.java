package org.postel.mailbox.rpc;

/** The other side of a stream is gone or stands still: the work for it ends. */
final class CallGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallGoneException(String message) {
        super(message);
    }
}
