package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * One message as it is sent.
 *
 * @param reversePath without angle brackets, empty for the null one
 * @param size octets, before dot-stuffing
 * @param body what the sender said of the octets
 * @param utf8Header the message was submitted with SMTPUTF8: its header may be UTF-8
 * @param requireTls the sender wants each server on the way to keep it under TLS: RFC 8689 §4.2.1
 * @param chunking whether its content may go in chunks to a server that takes them (RFC 3030 §2); binary content goes no other way
 * @param wishes what the sender said of notifications
 * @param content opened once per transaction
 */
public record OutgoingMail(String reversePath, long size, Body body, boolean utf8Header, boolean requireTls, boolean chunking,
        Wishes wishes, Content content) {

    /** Of a sender who says nothing of TLS; in chunks where they are taken. */
    public OutgoingMail(String reversePath, long size, Body body, boolean utf8Header, Wishes wishes, Content content) {
        this(reversePath, size, body, utf8Header, false, true, wishes, content);
    }

    /** The BODY parameter as received. */
    public enum Body {
        /** None, or 7BIT. */
        SEVEN_BIT,
        /** 8BITMIME: RFC 6152 §3. */
        EIGHT_BIT,
        /** BINARYMIME: RFC 3030 §3. */
        BINARY
    }

    /**
     * The parameters of RFC 3461 §4.3 and §4.4 as received, empty when there was none.
     *
     * @param returnContent FULL or HDRS
     * @param envelopeId xtext
     */
    public record Wishes(String returnContent, String envelopeId) {

        /** The sender said nothing. */
        public static final Wishes NONE = new Wishes("", "");
    }

    /** Where the octets come from. */
    @FunctionalInterface
    public interface Content {

        /** From the start. */
        InputStream open() throws IOException;
    }
}
