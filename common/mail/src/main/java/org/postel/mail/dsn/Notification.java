package org.postel.mail.dsn;

/**
 * A notification, ready to be queued with the null reverse-path.
 *
 * @param octets   the message; every line ends in CRLF
 * @param eightBit whether its transfer needs 8BITMIME (RFC 6152)
 * @param smtputf8 whether its header needs SMTPUTF8 (RFC 6531)
 */
public record Notification(byte[] octets, boolean eightBit, boolean smtputf8) {

    /** Writes what {@code report} says. */
    public static Notification of(DeliveryReport report) {
        return new NotificationWriter(report).write();
    }
}
