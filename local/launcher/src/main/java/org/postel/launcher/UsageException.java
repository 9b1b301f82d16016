package org.postel.launcher;

/** The command line is not one of ours. The message says how it goes. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What was wrong, then the right form. */
    public UsageException(String message) {
        super(message);
    }
}
