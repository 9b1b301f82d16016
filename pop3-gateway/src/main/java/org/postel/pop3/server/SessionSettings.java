package org.postel.pop3.server;

import java.time.Duration;

/**
 * The limits of one session.
 *
 * @param hostname                the name in the greeting
 * @param lineLimit               octets of a command without its CRLF
 * @param saslLineLimit           octets of a line within AUTH
 * @param loginTimeout            how long a client may take to log in
 * @param idleTimeout             how long it may be silent afterwards (RFC 1939 §3: ten minutes or more)
 * @param maxErrors               malformed or unknown commands before the connection ends
 * @param maxAuthFailures         failed logins before it ends
 * @param authFailureDelay        the answer to the first failed login waits so long; to each more twice as long, eight times at most
 * @param commandsPerSecond       commands in the long run; faster ones wait
 * @param commandBurst            commands that may come at once
 * @param loginDelay              from one log-in of an account to the next (RFC 2449 §6.5); zero for none
 * @param surrogateHeaders        headers outside ASCII are rewritten for clients that did not turn UTF-8 on (RFC 6856 §2.1)
 * @param plaintextAuthOnLoopback passwords in clear for clients of this machine
 * @param tlsAvailable            there is a certificate
 */
record SessionSettings(String hostname, int lineLimit, int saslLineLimit, Duration loginTimeout, Duration idleTimeout,
                       int maxErrors, int maxAuthFailures, Duration authFailureDelay, int commandsPerSecond, int commandBurst,
                       Duration loginDelay, boolean surrogateHeaders, boolean plaintextAuthOnLoopback, boolean tlsAvailable) {}
