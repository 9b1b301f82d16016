package org.postel.imap.syntax;

/** Octets that are no command of RFC 3501 §9. The message is fit for the client. */
public final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    public SyntaxException(String message) {
        // Raised by whatever a peer sends: a stack trace would only cost.
        super(message, null, false, false);
    }
}
