package org.postel.delivery.smtp;

import java.time.Duration;

/**
 * How long the client waits: RFC 5321 §4.5.3.2.
 *
 * @param connect for the TCP connection
 * @param greeting for the 220
 * @param command for the answers to EHLO, MAIL, RCPT and STARTTLS
 * @param dataInitiation for the 354
 * @param dataBlock for each part of the content to be taken
 * @param dataTermination for the answer to the final dot
 * @param total for one message, its connection included, however busy it looks
 */
public record SmtpTimeouts(
        Duration connect,
        Duration greeting,
        Duration command,
        Duration dataInitiation,
        Duration dataBlock,
        Duration dataTermination,
        Duration total) {

    /** As the RFC says, with an end. */
    public static SmtpTimeouts standard() {
        return new SmtpTimeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(2),
                Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofMinutes(28));
    }

    /** The same limit for each step. */
    public static SmtpTimeouts all(Duration step, Duration total) {
        return new SmtpTimeouts(step, step, step, step, step, step, total);
    }
}
