package org.postel.pop3.session;

import java.util.List;

/**
 * What a session's answers depend on besides its state.
 *
 * @param tls              TLS is on
 * @param tlsAvailable     STLS can be offered
 * @param mechanisms       the SASL mechanisms to offer; none where a secret could be overheard
 * @param plaintextAllowed passwords may cross the wire readable: under TLS, or as an operator said (RFC 2595 §2.1)
 * @param loginDelay       seconds from one log-in of an account to the next; 0 for none (RFC 2449 §6.5)
 */
public record Surroundings(boolean tls, boolean tlsAvailable, List<String> mechanisms, boolean plaintextAllowed,
                           long loginDelay) {

    public Surroundings {
        mechanisms = List.copyOf(mechanisms);
    }
}
