package org.postel.mail.dsn;

/** What a notification gives back of the mail it is about: RFC 3461 §4.3. */
public sealed interface Original {

    /** Its octets. */
    byte[] octets();

    /**
     * Only its header.
     *
     * @param octets the header section; what follows an empty line, if anything, is left out
     */
    record Header(byte[] octets) implements Original {
    }

    /**
     * All of it.
     *
     * @param octets the message; the caller sees to it that it is small
     */
    record Whole(byte[] octets) implements Original {
    }
}
