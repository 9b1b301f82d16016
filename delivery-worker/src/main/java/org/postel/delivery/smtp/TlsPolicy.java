package org.postel.delivery.smtp;

/** When mail is relayed under TLS. */
public enum TlsPolicy {
    /** When the server offers it, without asking who it is (RFC 7435); in clear otherwise, and when the handshake fails. */
    OPPORTUNISTIC,
    /** Never in clear: mail for a server without TLS waits, and bounces in the end. The certificate is not verified. */
    REQUIRED,
    /** Never. */
    OFF
}
