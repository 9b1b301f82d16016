package org.postel.engines;

/** A child process ended, or did not become ready, while we waited for it. The message says which, and where its log is. */
public final class ChildFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Of a child's name, what it did and the last lines of its log. */
    public ChildFailedException(String message) {
        super(message);
    }
}
