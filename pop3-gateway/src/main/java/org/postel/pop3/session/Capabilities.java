package org.postel.pop3.session;

import java.util.ArrayList;
import java.util.List;

/** What the server can do (RFC 2449 §6). What cannot be used now is not offered (SAFETY row 6). */
final class Capabilities {

    private Capabilities() {}

    static List<String> of(Pop3State state, Surroundings around) {
        List<String> offered = new ArrayList<>();
        if (state instanceof Pop3State.Authorization) {
            if (around.plaintextAllowed()) {
                // RFC 2449 §6.2 and §6.3
                offered.add("USER");
                offered.add("SASL " + String.join(" ", around.mechanisms()));
            }
            if (around.tlsAvailable() && !around.tls()) {
                // RFC 2595 §4
                offered.add("STLS");
            }
        }
        if (around.loginDelay() > 0) {
            // RFC 2449 §6.5
            offered.add("LOGIN-DELAY " + around.loginDelay());
        }
        // RFC 2449 §6.1, §6.4, §6.6 to §6.9; RFC 3206 §6; RFC 6856 §2 and §3
        offered.addAll(List.of("TOP", "UIDL", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE", "EXPIRE NEVER", "UTF8 USER", "LANG", "IMPLEMENTATION Postel"));
        return offered;
    }
}
