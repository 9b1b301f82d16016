package org.postel.mail;

/** The text is no address or path. */
public final class AddressSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** What is wrong, as far as a peer is told different things about it. */
    public enum Fault {
        /** Not by the grammar of RFC 5321 §4.1.2. */
        SYNTAX,
        /** Over a limit of RFC 5321 §4.5.3.1. */
        TOO_LONG,
        /** A character that RFC 6531 allows nowhere in an address, or that shows as another address than it is. */
        FORBIDDEN_CHARACTER
    }

    public AddressSyntaxException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
