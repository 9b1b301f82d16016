package org.postel.delivery.route;

/** The directory or the mailbox store does not answer now; the same request may succeed later. */
public final class StoreUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param cause what it said */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
