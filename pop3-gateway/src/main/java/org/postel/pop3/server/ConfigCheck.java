package org.postel.pop3.server;

import org.postel.wire.Ports;

/** Says at start what would go wrong later, and silently. */
final class ConfigCheck {

    private ConfigCheck() {
    }

    /** @throws IllegalArgumentException naming the properties that do not go together */
    static void check(Pop3Config config) {
        new Ports().and("postel.pop3.port", config.port()).and("postel.pop3.tls-port", config.tlsPort())
                .and("postel.pop3.proxy.port", config.proxy().port()).and("postel.pop3.proxy.tls-port", config.proxy().tlsPort());
        try {
            config.clientLimits();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("postel.pop3: " + e.getMessage(), e);
        }
    }
}
