package org.postel.pop3.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.postel.clients.ClientLimits;
import org.postel.wire.Network;

/** What an operator can set of the POP3 gateway. */
@ConfigMapping(prefix = "postel.pop3")
public interface Pop3Config {

    /** The address both ports listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port for POP3 with STLS (RFC 1939, RFC 2595); a cluster maps 110 to it. 0 takes a free one. */
    @WithDefault("2110")
    int port();

    /** Port for POP3 under TLS from the first octet (RFC 8314); a cluster maps 995 to it. 0 takes a free one. */
    @WithDefault("2995")
    int tlsPort();

    /** Whether a client on the loopback interface may log in without TLS. */
    @WithDefault("false")
    boolean authOnLoopbackInClear();

    /** Most open connections on both ports together. */
    @WithDefault("10000")
    int maxConnections();

    /** Most open connections of one IPv4 address or IPv6 /64 network, over all ports and all gateways; of what rate.spared names, at each gateway. */
    @WithDefault("50")
    int maxConnectionsPerAddress();

    /** Connections the system may hold before they are accepted. */
    @WithDefault("1024")
    int backlog();

    /** Most octets of a command line without its CRLF (RFC 2449 §4 asks for 253). */
    @WithDefault("1K")
    MemorySize lineLimit();

    /** Most octets of a line within AUTH (RFC 5034 §4). */
    @WithDefault("12K")
    MemorySize saslLineLimit();

    /** Memory for small messages read ahead of clients that take one after the other, all sessions together. */
    @WithDefault("32M")
    MemorySize readAhead();

    /** Longest time a client may take to log in. */
    @WithDefault("3m")
    Duration loginTimeout();

    /** Longest silence of a client that has logged in (RFC 1939 §3: at least ten minutes). */
    @WithDefault("10m")
    Duration idleTimeout();

    /** Longest time a client may read nothing while output waits for it. */
    @WithDefault("1m")
    Duration writeTimeout();

    /** Longest time of a TLS handshake. */
    @WithDefault("15s")
    Duration handshakeTimeout();

    /** Mistakes a session may make before it is ended: malformed or unknown commands, and before login whatever is refused. */
    @WithDefault("20")
    int maxErrors();

    /** Failed logins after which a session is ended. */
    @WithDefault("4")
    int maxAuthFailures();

    /** Wait before the answer to a session's first failed login; doubled with each, up to eight times it. */
    @WithDefault("1s")
    Duration authFailureDelay();

    /** Commands of one session per second in the long run; faster ones wait. */
    @WithDefault("500")
    int commandsPerSecond();

    /** Commands of one session that may come at once. */
    @WithDefault("5000")
    int commandBurst();

    /** Least time from one login of an account to the next at one gateway, told as LOGIN-DELAY in whole seconds (RFC 2449 §6.5); 0 for none. */
    @WithDefault("0s")
    Duration loginDelay();

    /**
     * Whether a client that did not turn UTF-8 on gets a header outside ASCII rewritten (RFC 6856 §2.1, RFC 6858); else the message as it
     * is, for such a client may take it away for good.
     */
    @WithDefault("false")
    boolean surrogateHeaders();

    /** How long a session may go on after the password, the protocol switch or the account that opened it changed; it is asked for at a command, no oftener. */
    @WithDefault("500ms")
    Duration sessionCheck();

    /** Longest wait at shutdown for sessions to end; then they are closed. */
    @WithDefault("20s")
    Duration drainTimeout();

    /** What one client may do at all gateways together. */
    Rate rate();

    /** What one IPv4 address or IPv6 /64 network may do at all gateways together, which tell each other through mailbox-service. */
    interface Rate {

        /** Most connections within a minute, then they are refused; 0: no limit. */
        @WithDefault("600")
        int connections();

        /** How often gateways tell each other of their busiest clients, in one small call each; 100ms to 10s. */
        @WithDefault("1s")
        Duration interval();

        /** Networks of which each gateway counts by itself what is open, and nothing else: those of a webmail that has one address for all its users. */
        @WithDefault("127.0.0.0/8,::1/128")
        Optional<List<Network>> spared();
    }

    /** How many connections one client may have. */
    default ClientLimits clientLimits() {
        return new ClientLimits(maxConnectionsPerAddress(), rate().connections(), rate().interval(), rate().spared().orElse(List.of()));
    }

    /** Ports behind a proxy. */
    Proxy proxy();

    /** Ports where each connection begins with a header of the PROXY protocol, version 1 or 2: one that is not set is closed. */
    interface Proxy {

        /** Networks of the proxies; anybody else is cut off at once. */
        Optional<List<Network>> trusted();

        /** Port with STLS behind a proxy. 0 takes a free one. */
        OptionalInt port();

        /** Port under TLS behind a proxy that passes TLS through. 0 takes a free one. */
        OptionalInt tlsPort();
    }
}
