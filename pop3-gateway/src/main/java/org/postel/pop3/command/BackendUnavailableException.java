package org.postel.pop3.command;

/** The mail store did not answer as it should; trying again later may help. */
public class BackendUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public BackendUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
