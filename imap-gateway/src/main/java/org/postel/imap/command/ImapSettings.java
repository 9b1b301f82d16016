package org.postel.imap.command;

import java.time.Duration;

/**
 * What a session is held to.
 *
 * @param line             octets of one command line
 * @param literal          octets of a literal that is no message
 * @param command          octets of a command, its lines and literals together
 * @param loginLiteral     octets of a literal before login
 * @param message          octets of an appended message
 * @param discard          octets of an unwanted literal that are read and dropped to keep a connection
 * @param header           octets of a header that are looked at for header fields
 * @param idleTimeout      how long a client may be silent (RFC 3501 §5.4: at least 30 minutes)
 * @param loginTimeout     how long a client may take to log in
 * @param literalTimeout   how long a client may take for the next octets of a literal
 * @param idlePoll         how often a client in IDLE is looked after without news
 * @param errors           mistakes before the connection ends
 * @param loginFailures    failed logins before the connection ends
 * @param loginDelay       the wait after the first failed login; doubled each time, up to eight times it
 * @param plaintextOnLoopback whether passwords may cross a loopback connection without TLS
 * @param extensions       what bounds or switches extensions
 */
public record ImapSettings(int line, int literal, int command, int loginLiteral, long message, long discard, int header,
                           Duration idleTimeout, Duration loginTimeout, Duration literalTimeout, Duration idlePoll,
                           int errors, int loginFailures, Duration loginDelay, boolean plaintextOnLoopback, ImapExtensions extensions) {
}
