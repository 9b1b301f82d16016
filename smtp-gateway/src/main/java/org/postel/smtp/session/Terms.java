package org.postel.smtp.session;

import java.util.List;

/**
 * What holds for a connection from its start, or since TLS.
 *
 * @param hostname     our name in greeting and Received
 * @param service      what the listener is for
 * @param tls          whether TLS is on
 * @param tlsOffered   whether STARTTLS can be had
 * @param authInClear  whether AUTH is taken without TLS: only on loopback, and only when configured
 * @param mechanisms   the SASL mechanisms to offer with AUTH
 * @param maxSize      most octets of a message, announced with SIZE (RFC 1870)
 * @param maxRecipients most recipients of a message (RFC 5321 §4.5.3.1.8)
 */
public record Terms(String hostname, Service service, boolean tls, boolean tlsOffered, boolean authInClear, List<String> mechanisms, long maxSize,
                    int maxRecipients) {

    public Terms {
        mechanisms = List.copyOf(mechanisms);
    }

    /** Whether AUTH may run now: never on the MX port, and else under TLS (RFC 4954 §4, RFC 8314 §3). */
    public boolean authOffered() {
        return service == Service.SUBMISSION && (tls || authInClear);
    }

    /** The same connection once TLS is on. */
    public Terms underTls() {
        return new Terms(hostname, service, true, false, authInClear, mechanisms, maxSize, maxRecipients);
    }

    /** The same, offering these mechanisms. */
    public Terms offering(List<String> names) {
        return new Terms(hostname, service, tls, tlsOffered, authInClear, names, maxSize, maxRecipients);
    }
}
