package org.postel.mailbox.lease;

/** Somebody else holds the lease, or it ran out. */
public final class LeaseLostException extends Exception {

    private static final long serialVersionUID = 1L;

    public LeaseLostException(String name) {
        super("lease lost: " + name);
    }
}
