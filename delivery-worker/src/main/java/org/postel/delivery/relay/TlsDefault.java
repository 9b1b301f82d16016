package org.postel.delivery.relay;

import org.postel.delivery.smtp.TlsPolicy;

/** When mail is relayed under TLS where the other domain says nothing about it. */
public enum TlsDefault {
    /** When the server offers it; in clear otherwise, and when the handshake fails. */
    OPPORTUNISTIC(TlsPolicy.OPPORTUNISTIC),
    /** Never in clear: mail for a server without TLS waits, and bounces in the end. */
    REQUIRED(TlsPolicy.REQUIRED),
    /** Never, whatever the other domain says. */
    OFF(TlsPolicy.OFF);

    private final TlsPolicy policy;

    TlsDefault(TlsPolicy policy) {
        this.policy = policy;
    }

    /** For a connection. */
    public TlsPolicy policy() {
        return policy;
    }
}
