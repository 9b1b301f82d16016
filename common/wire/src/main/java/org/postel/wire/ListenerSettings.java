package org.postel.wire;

import java.time.Duration;
import java.util.List;

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
 * @param handshakeTimeout how long a TLS handshake may take, and before it a PROXY header
 * @param peers            networks that may connect; anybody else is closed without a word; empty: anybody may
 * @param proxied          whether each connection begins with a header of the PROXY protocol
 */
public record ListenerSettings(String protocol, String host, int port, boolean implicitTls, String alpn, String refusal,
                               int backlog, int eventLoops, Duration writeTimeout, Duration handshakeTimeout,
                               List<Network> peers, boolean proxied) {

    /** @throws IllegalArgumentException when anybody could say that he is somebody else */
    public ListenerSettings {
        peers = List.copyOf(peers);
        if (proxied && peers.isEmpty()) {
            throw new IllegalArgumentException("port " + port + " takes the PROXY protocol from nobody: name the networks of its peers");
        }
    }


    /** The defaults. */
    public static ListenerSettings of(String protocol, String host, int port) {
        return new ListenerSettings(protocol, host, port, false, "", "", 1024,
                Runtime.getRuntime().availableProcessors(), Duration.ofSeconds(60), Duration.ofSeconds(15), List.of(), false);
    }

    public ListenerSettings withImplicitTls(boolean on) {
        return new ListenerSettings(protocol, host, port, on, alpn, refusal, backlog, eventLoops, writeTimeout,
                handshakeTimeout, peers, proxied);
    }

    public ListenerSettings withAlpn(String name) {
        return new ListenerSettings(protocol, host, port, implicitTls, name, refusal, backlog, eventLoops, writeTimeout,
                handshakeTimeout, peers, proxied);
    }

    public ListenerSettings withRefusal(String line) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, line, backlog, eventLoops, writeTimeout,
                handshakeTimeout, peers, proxied);
    }

    public ListenerSettings withBacklog(int connections) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, connections, eventLoops, writeTimeout,
                handshakeTimeout, peers, proxied);
    }

    public ListenerSettings withWriteTimeout(Duration timeout) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, backlog, eventLoops, timeout,
                handshakeTimeout, peers, proxied);
    }

    public ListenerSettings withHandshakeTimeout(Duration timeout) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, backlog, eventLoops, writeTimeout,
                timeout, peers, proxied);
    }

    /** Only these may connect. */
    public ListenerSettings withPeers(List<Network> networks) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, backlog, eventLoops, writeTimeout,
                handshakeTimeout, networks, proxied);
    }

    /** Only these may connect, and they tell of whom by the PROXY protocol. */
    public ListenerSettings withProxies(List<Network> networks) {
        return new ListenerSettings(protocol, host, port, implicitTls, alpn, refusal, backlog, eventLoops, writeTimeout,
                handshakeTimeout, networks, true);
    }
}
