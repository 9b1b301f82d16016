package org.postel.mail;

/** Where the mail goes: RFC 5321 §4.1.1.3. */
public sealed interface ForwardPath {

    /** {@code <Postmaster>} without a domain: whoever runs this server (RFC 5321 §4.5.1). */
    record Postmaster() implements ForwardPath {
        @Override
        public String toString() {
            return "<Postmaster>";
        }
    }

    /** A recipient with a domain. */
    record Recipient(Mailbox mailbox) implements ForwardPath {
        @Override
        public String toString() {
            return "<" + mailbox + ">";
        }
    }

    /** Whether it needs a transaction with SMTPUTF8: RFC 6531 §3.4. */
    default boolean international() {
        return this instanceof Recipient recipient && recipient.mailbox().international();
    }
}
