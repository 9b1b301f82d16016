package org.postel.mailbox.openid;

/** The issuer does not answer, or not as one: nobody can sign in there until it does. */
public final class IssuerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IssuerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
