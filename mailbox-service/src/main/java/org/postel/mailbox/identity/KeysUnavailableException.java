package org.postel.mailbox.identity;

/** The keys to check tokens with cannot be had now: nobody is let in until they can. */
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeysUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
