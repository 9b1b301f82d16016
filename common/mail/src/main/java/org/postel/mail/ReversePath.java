package org.postel.mail;

/** Where a notice about the mail goes: RFC 5321 §4.1.1.2. */
public sealed interface ReversePath {

    /** {@code <>}: nobody is to be told (RFC 5321 §4.5.5). */
    record Null() implements ReversePath {
        @Override
        public String toString() {
            return "<>";
        }
    }

    /** A sender who can be told. */
    record Sender(Mailbox mailbox) implements ReversePath {
        @Override
        public String toString() {
            return "<" + mailbox + ">";
        }
    }

    /** Reads the form without angle brackets; empty for the null path. */
    static ReversePath ofAddress(String address) throws AddressSyntaxException {
        return address.isEmpty() ? new Null() : new Sender(Mailbox.parse(address));
    }

    /** Without angle brackets; empty for the null path. */
    default String address() {
        return switch (this) {
            case Null ignored -> "";
            case Sender sender -> sender.mailbox().toString();
        };
    }

    /** Whether it needs a transaction with SMTPUTF8: RFC 6531 §3.4. */
    default boolean international() {
        return this instanceof Sender sender && sender.mailbox().international();
    }
}
