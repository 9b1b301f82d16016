package org.postel.smtp.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.postel.smtp.syntax.Leniency;
import org.postel.wire.Network;

/** What an operator can set of the SMTP gateway. */
@ConfigMapping(prefix = "postel.smtp")
public interface SmtpConfig {

    /** The address all three ports listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port for mail from other servers (RFC 5321); a cluster maps 25 to it. 0 takes a free one. */
    @WithDefault("2525")
    int mxPort();

    /** Port for submission with STARTTLS (RFC 6409); a cluster maps 587 to it. 0 takes a free one. */
    @WithDefault("2587")
    int submissionPort();

    /** Port for submission under TLS from the first octet (RFC 8314); a cluster maps 465 to it. 0 takes a free one. */
    @WithDefault("2465")
    int submissionsPort();

    /** Whether a client on the loopback interface may log in without TLS. */
    @WithDefault("false")
    boolean authOnLoopbackInClear();

    /** Whether the Received line hides name and address of a client that logged in. */
    @WithDefault("false")
    boolean hideClientAddress();

    /** Takes the mail for the postmaster of a domain that has neither an account nor an alias of that name (RFC 5321 §4.5.1). */
    Optional<String> postmaster();

    /** Most octets of a message as its sender sends it; announced with SIZE (RFC 1870). */
    @WithDefault("50M")
    MemorySize maxMessageSize();

    /** Most octets of a message's header. */
    @WithDefault("256K")
    MemorySize maxHeaderSize();

    /** Most octets of a message that travel inside its queue record; larger ones go through the claim check. */
    @WithDefault("256K")
    MemorySize inlineLimit();

    /** Memory for the content of all messages that are being received, in octets, each octet in a message counted twice. */
    @WithDefault("64M")
    MemorySize contentBudget();

    /** How long a message waits for such memory, unread; then it goes through the claim check, or DATA is answered 452. */
    @WithDefault("2s")
    Duration contentBudgetTimeout();

    /** Longest wait for the queue to acknowledge a message; then 451. */
    @WithDefault("30s")
    Duration queueTimeout();

    /** Most recipients of a message; then 452 (RFC 5321 §4.5.3.1.8: at least 100). */
    @WithDefault("1000")
    int maxRecipients();

    /** Most Received fields of a message; more is a loop (RFC 5321 §6.3). */
    @WithDefault("50")
    int maxHops();

    /** Longest wait for the next command (RFC 5321 §4.5.3.2.7). */
    @WithDefault("5m")
    Duration commandTimeout();

    /** Longest wait for content to go on (RFC 5321 §4.5.3.2.5). */
    @WithDefault("5m")
    Duration dataTimeout();

    /** Least octets of content per second, counted after the grace time. */
    @WithDefault("100")
    long minDataRate();

    /** Time spent waiting for content that is not counted against the least rate. */
    @WithDefault("60s")
    Duration dataGrace();

    /** How long a client must keep quiet before the greeting; a bot often does not. 0s: no wait. */
    @WithDefault("0s")
    Duration greetingPause();

    /** Most octets of a command line without CRLF; lines of AUTH may have 12288 (RFC 4954 §4). */
    @WithDefault("2048")
    int maxLine();

    /** Mistakes of a client before 421. */
    @WithDefault("20")
    int maxErrors();

    /** Commands that bring no mail forward, between two mails, before 421. */
    @WithDefault("100")
    int maxIdleCommands();

    /** Failed logins before 421. */
    @WithDefault("3")
    int maxAuthFailures();

    /** Wait before the answer to a session's first failed login; doubled with each, up to eight times it. */
    @WithDefault("1s")
    Duration authDelay();

    /** Most open connections, over all ports. */
    @WithDefault("10000")
    int maxConnections();

    /** Most open connections of one IPv4 address or one IPv6 /64 network, over all ports, and all gateways as far as they hear of each other. */
    @WithDefault("100")
    int maxConnectionsPerAddress();

    /** How long a client may read nothing while replies wait for it. */
    @WithDefault("60s")
    Duration writeTimeout();

    /** Longest a TLS handshake may take. */
    @WithDefault("15s")
    Duration handshakeTimeout();

    /** How long open transactions may take to finish after SIGTERM. */
    @WithDefault("20s")
    Duration drainTimeout();

    /** Deviations from the RFCs that are tolerated; those not named are refused, with an empty value all. */
    @WithDefault("SPACE_AFTER_COLON")
    Optional<Set<Leniency>> leniencies();

    /** How often the queue and mailbox-service are asked whether they are there. */
    @WithDefault("5s")
    Duration probeInterval();

    /** What one client may do within a minute. */
    Rate rate();

    /** What one IPv4 address or IPv6 /64 network may do within a minute, at all gateways together; loopback, LMTP and filter.spared are not counted. */
    interface Rate {

        /** Most connections; then 421. 0: no limit. */
        @WithDefault("600")
        int connections();

        /** Most recipients that it names without a login; then 451. 0: no limit. */
        @WithDefault("6000")
        int recipients();

        /** How often gateways tell each other of their busiest clients, in one small record each. */
        @WithDefault("1s")
        Duration interval();
    }

    /** LMTP for a mail server that stands before this one. */
    Lmtp lmtp();

    /** LMTP (RFC 2033): it takes mail for our accounts, and believes that whoever sends it has judged it. */
    interface Lmtp {

        /** Networks of the mail servers that may connect; anybody else is cut off at once. */
        Optional<List<Network>> trusted();

        /** Port for LMTP (RFC 2033), never 25; not set: none. 0 takes a free one. */
        OptionalInt port();
    }

    /** Ports behind a proxy. */
    Proxy proxy();

    /** Ports where each connection begins with a header of the PROXY protocol, version 1 or 2: one that is not set is closed. */
    interface Proxy {

        /** Networks of the proxies; anybody else is cut off at once. */
        Optional<List<Network>> trusted();

        /** Port for mail from other servers behind a proxy. 0 takes a free one. */
        OptionalInt mxPort();

        /** Port for submission with STARTTLS behind a proxy. 0 takes a free one. */
        OptionalInt submissionPort();

        /** Port for submission under TLS behind a proxy that passes TLS through. 0 takes a free one. */
        OptionalInt submissionsPort();
    }
}
