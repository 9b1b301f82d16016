package org.postel.launcher;

/** The command cannot do its work. The message is for the person at the keyboard: what is wrong, and what to do. */
public final class FailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** One or two sentences. */
    public FailedException(String message) {
        super(message);
    }

    /** One or two sentences, and what was behind it. */
    public FailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
