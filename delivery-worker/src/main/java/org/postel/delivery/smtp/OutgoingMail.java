package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * One message as it is sent.
 *
 * @param reversePath without angle brackets, empty for the null one
 * @param size octets, before dot-stuffing
 * @param declaredEightBit the sender said BODY=8BITMIME
 * @param utf8Header the message was submitted with SMTPUTF8: its header may be UTF-8
 * @param content opened once per transaction
 */
public record OutgoingMail(String reversePath, long size, boolean declaredEightBit, boolean utf8Header, Content content) {

    /** Where the octets come from. */
    @FunctionalInterface
    public interface Content {

        /** From the start. */
        InputStream open() throws IOException;
    }
}
