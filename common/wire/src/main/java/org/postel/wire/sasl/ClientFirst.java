package org.postel.wire.sasl;

import java.util.List;

/**
 * The client-first-message of SCRAM (RFC 5802 §7) and where it came from.
 *
 * @param plus     whether with SCRAM-SHA-256-PLUS
 * @param bindings what this connection has; where there is any, the -PLUS was offered (RFC 5802 §6)
 * @param message  as sent
 */
public record ClientFirst(boolean plus, List<ChannelBinding> bindings, byte[] message) {
    public ClientFirst {
        bindings = List.copyOf(bindings);
    }
}
