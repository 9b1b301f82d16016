package org.postel.mailbox.password;

/** More passwords wait to be checked than can be in time: try again later. */
public final class PasswordsBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PasswordsBusyException() {
        super("too many passwords are being checked");
    }
}
