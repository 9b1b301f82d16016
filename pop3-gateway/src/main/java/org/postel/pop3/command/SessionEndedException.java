package org.postel.pop3.command;

/** The account's password was changed, or it may not use POP3 any more: trying again does not help. */
public final class SessionEndedException extends BackendUnavailableException {

    private static final long serialVersionUID = 1L;

    public SessionEndedException(String message, Throwable cause) {
        super(message, cause);
    }
}
