package org.postel.wire;

import java.time.Duration;

/**
 * How one listener behaves.
 *
 * @param protocol         the label in metrics and logs: smtp, submission, imap, pop3
 * @param host             the address to listen on
 * @param port             the port; 0 takes a free one
 * @param implicitTls      TLS from the first octet (RFC 8314 §3)
 * @param alpn             the ALPN name a client may offer (RFC 7301); empty: not checked
 * @param refusal          what a client hears when there are too many connections, without CRLF; not sent under TLS
 * @param backlog          connections the system may hold before they are accepted
 * @param eventLoops       event loops that serve the sockets; one when {@code port} is 0
 * @param writeTimeout     how long a peer may read nothing while output waits for it
 * @param handshakeTimeout how long a TLS handshake may take
 */
public record ListenerSettings(String protocol, String host, int port, boolean implicitTls, String alpn, String refusal,
                               int backlog, int eventLoops, Duration writeTimeout, Duration handshakeTimeout) {

    /** The defaults. */
    public static ListenerSettings of(String protocol, String host, int port) {
        return new ListenerSettings(protocol, host, port, false, "", "", 1024,
                Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(60), Duration.ofSeconds(15));
    }

    public ListenerSettings withImplicitTls(boolean on) {
        return new ListenerSettings(protocol, host, port, on, alpn, refusal, backlog, eventLoops, writeTimeout, handshakeTimeout);
    }

    public ListenerSettings withAlpn(String name) {
        return new ListenerSettings(protocol, host, port, implicitTls, name, refusal, backlog, eventLoops, writeTimeout,
                handshakeTimeout);
    }

    public ListenerSettings withRefusal(String line) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, line, backlog, eventLoops, writeTimeout,
                handshakeTimeout);
    }

    public ListenerSettings withBacklog(int connections) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, connections, eventLoops, writeTimeout,
                handshakeTimeout);
    }

    public ListenerSettings withWriteTimeout(Duration timeout) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, backlog, eventLoops, timeout,
                handshakeTimeout);
    }

    public ListenerSettings withHandshakeTimeout(Duration timeout) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, backlog, eventLoops, writeTimeout,
                timeout);
    }
}
