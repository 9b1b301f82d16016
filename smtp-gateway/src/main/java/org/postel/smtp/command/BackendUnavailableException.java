package org.postel.smtp.command;

/** A service behind the gateway did not answer, or not in time; the client may try again. */
public final class BackendUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message for the log, never for a client */
    public BackendUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
