package org.postel.pop3.command;

/** The exclusive use of the maildrop ran out: this process did not renew it in time. */
public final class MaildropLostException extends Exception {

    private static final long serialVersionUID = 1L;

    public MaildropLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
