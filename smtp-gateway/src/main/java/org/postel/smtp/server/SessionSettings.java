package org.postel.smtp.server;

import java.time.Duration;

/**
 * Limits of one session.
 *
 * @param greetingPause   how long a client must keep quiet before the greeting
 * @param commandTimeout  longest wait for a command (RFC 5321 §4.5.3.2.7)
 * @param dataTimeout     longest wait for content to go on (RFC 5321 §4.5.3.2.5)
 * @param minDataRate     octets of content per second that must come, in the long run
 * @param dataGrace       waiting for content that is not counted against the rate
 * @param maxLine         octets of a command line without CRLF
 * @param maxRecipients   of a message
 * @param maxErrors       mistakes before the connection ends
 * @param maxIdleCommands commands that bring no mail forward, between two mails
 * @param maxAuthFailures failed logins before the connection ends
 * @param authDelay       how long the answer to the first failed login waits; to each more twice as long, eight times at most
 */
record SessionSettings(Duration greetingPause, Duration commandTimeout, Duration dataTimeout, long minDataRate, Duration dataGrace,
                       int maxLine, int maxRecipients, int maxErrors, int maxIdleCommands, int maxAuthFailures, Duration authDelay) {
}
