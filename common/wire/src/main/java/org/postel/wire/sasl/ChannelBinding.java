package org.postel.wire.sasl;

/**
 * What ties a log-in to the TLS connection it is made on (RFC 5056 §2), so that nobody in between can pass it on.
 *
 * @param type the registered name, such as {@code tls-exporter} (RFC 9266 §2)
 * @param data what both ends of this very connection know
 */
public record ChannelBinding(String type, byte[] data) {

    /** Of TLS 1.3: RFC 9266. */
    public static final String TLS_EXPORTER = "tls-exporter";

    /** The hash of the server's certificate, whatever the version: RFC 5929 §4. */
    public static final String TLS_SERVER_END_POINT = "tls-server-end-point";

    /** Without the data. */
    @Override
    public String toString() {
        return "ChannelBinding[" + type + "]";
    }
}
