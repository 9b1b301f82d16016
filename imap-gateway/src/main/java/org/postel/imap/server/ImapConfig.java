package org.postel.imap.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.postel.clients.ClientLimits;
import org.postel.imap.command.ImapExtensions;
import org.postel.imap.command.ImapSettings;
import org.postel.imap.command.KnownSummaries;
import org.postel.imap.command.LeftMailboxes;
import org.postel.imap.command.MessageMemory;
import org.postel.imap.command.ReadAhead;
import org.postel.imap.command.SharedMemory;
import org.postel.wire.Compression;
import org.postel.wire.Drain;
import org.postel.wire.Network;

/** What an operator can set of the IMAP gateway. */
@ConfigMapping(prefix = "postel.imap")
public interface ImapConfig {

    /** Octets of a message; mailbox-service takes 4 MiB in one piece by default. */
    int MOST_IN_ONE_CALL = 1 << 20;

    /** The address both ports listen on. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port with STARTTLS; a cluster maps 143 to it. 0 takes a free one. */
    @WithDefault("2143")
    int imapPort();

    /** Port under TLS from the first octet (RFC 8314); a cluster maps 993 to it. 0 takes a free one. */
    @WithDefault("2993")
    int imapsPort();

    /** Whether a client on the loopback interface may log in without TLS. */
    @WithDefault("false")
    boolean authOnLoopbackInClear();

    /** Most octets of a command line without CRLF. */
    @WithDefault("64K")
    MemorySize maxLine();

    /** Most octets of a literal that is no message. */
    @WithDefault("64K")
    MemorySize maxLiteral();

    /** Most octets of a literal before login. */
    @WithDefault("4K")
    MemorySize maxLoginLiteral();

    /** Most octets of a command, its lines and literals together, the message of APPEND not counted. */
    @WithDefault("256K")
    MemorySize maxCommand();

    /** Most octets of an appended message. */
    @WithDefault("50M")
    MemorySize maxMessageSize();

    /** An appended message up to this size goes on in one call, and is in memory meanwhile; a larger one goes through in pieces. 1M at most. */
    @WithDefault("64K")
    MemorySize wholeMessageSize();

    /** Memory for appended messages that go on in one call; those that find none go through in pieces. */
    @WithDefault("32M")
    MemorySize messageMemory();

    /** Most octets of an unwanted literal that are read and dropped to keep a connection; above it, BYE. */
    @WithDefault("50M")
    MemorySize maxDiscard();

    /** Most octets of a header that are looked at for HEADER.FIELDS. */
    @WithDefault("1M")
    MemorySize maxHeaderSize();

    /** Longest silence of a client that is logged in (RFC 3501 §5.4: at least 30 minutes). */
    @WithDefault("31m")
    Duration idleTimeout();

    /** Longest time a client may take to log in. */
    @WithDefault("60s")
    Duration loginTimeout();

    /** Longest wait within a command: for the octets of a literal, for the next line. */
    @WithDefault("5m")
    Duration literalTimeout();

    /** How often a client in IDLE is looked after when no event came. */
    @WithDefault("30s")
    Duration idlePoll();

    /** Memory for the states of mailboxes that clients left: who selects one again is sent what changed since, not the whole. */
    @WithDefault("16M")
    MemorySize leftMailboxes();

    /** Memory for small messages read ahead of clients that fetch one after the other, all sessions together, in portions of 256K; 0 for none. */
    @WithDefault("32M")
    MemorySize readAhead();

    /** Memory for what lists show of messages, all sessions together: who looks at a page again is answered without a call; 0 for none. */
    @WithDefault("16M")
    MemorySize knownSummaries();

    /** Whether a client may log out and stay connected, to log in again (UNAUTHENTICATE, RFC 8437); a proxy that checks who logs in wants it off. */
    @WithDefault("true")
    boolean unauthenticate();

    /** Most mailboxes of an account that a client may watch with NOTIFY; some 400 octets of memory for each, in each session that does. */
    @WithDefault("10000")
    int maxNotifyMailboxes();

    /** Most searches of a connection whose results are kept up to date (UPDATE, RFC 5267); each costs a search of what changes, and for each 100,000 messages of the mailbox 0.2M of memory at most, 0.6M where it names message numbers. */
    @WithDefault("10")
    int maxSearchContexts();

    /** Most mailboxes that one ESEARCH looks into (MULTISEARCH, RFC 7377), one after the other; for more it is answered NO [LIMIT]. */
    @WithDefault("10000")
    int maxSearchedMailboxes();

    /** Longest time that one ESEARCH goes on to another mailbox; then it is answered NO [LIMIT]. */
    @WithDefault("5m")
    Duration maxSearchedMailboxesTime();

    /** Most messages that one FETCH, SEARCH, STORE, COPY, MOVE, APPEND or UID EXPUNGE works on (MESSAGELIMIT, RFC 9738, which wants 1000 or more); not set, any number; whoever does not know the extension takes what is left out for expunged, and may drop it. */
    OptionalInt messageLimit();

    /** Most connections under COMPRESS=DEFLATE at the same time; each takes 10K of memory that is not the heap's, 45K once much was sent. */
    @WithDefault("4000")
    int maxCompressedConnections();

    /** Memory, not of the heap, to compress answers: 272K for each on its way, and none while nothing is; those that find none go out as they are. */
    @WithDefault("32M")
    MemorySize compressionMemory();

    /** Mistakes before BYE: each BAD, and before login each NO but UNAVAILABLE. */
    @WithDefault("20")
    int maxErrors();

    /** Failed logins before BYE. */
    @WithDefault("3")
    int maxAuthFailures();

    /** Wait after the first failed login of a connection; doubled with each, up to eight times it. */
    @WithDefault("1s")
    Duration authDelay();

    /** Most open connections, over both ports. */
    @WithDefault("20000")
    int maxConnections();

    /** Most open connections of one IPv4 address or one IPv6 /64 network, over all ports and all gateways; of what rate.spared names, at each gateway. */
    @WithDefault("200")
    int maxConnectionsPerAddress();

    /** How long a client may read nothing while responses wait for it. */
    @WithDefault("60s")
    Duration writeTimeout();

    /** Longest a TLS handshake may take. */
    @WithDefault("15s")
    Duration handshakeTimeout();

    /** After SIGTERM the sessions hear BYE one after the other over this time, or within less where they are few: 50 a second at least. Those whose turn has not come are served. */
    @WithDefault("30s")
    Duration drainSpread();

    /** How long running commands may take to finish once the last session was told that the gateway ends. */
    @WithDefault("20s")
    Duration drainTimeout();

    /** How often mailbox-service is asked whether it can do its work. */
    @WithDefault("5s")
    Duration probeInterval();

    /** What one client may do at all gateways together. */
    Rate rate();

    /** What one IPv4 address or IPv6 /64 network may do at all gateways together, which tell each other through mailbox-service. */
    interface Rate {

        /** Most connections within a minute, then BYE; 0: no limit. */
        @WithDefault("1200")
        int connections();

        /** How often gateways tell each other of their busiest clients, in one small call each; 100ms to 10s. */
        @WithDefault("1s")
        Duration interval();

        /** Networks of which each gateway counts by itself what is open, and nothing else: those of a webmail that has one address for all its users. */
        @WithDefault("127.0.0.0/8,::1/128")
        Optional<List<Network>> spared();
    }

    /** Ports behind a proxy. */
    Proxy proxy();

    /** Ports where each connection begins with a header of the PROXY protocol, version 1 or 2: one that is not set is closed. */
    interface Proxy {

        /** Networks of the proxies; anybody else is cut off at once. */
        Optional<List<Network>> trusted();

        /** Port with STARTTLS behind a proxy. 0 takes a free one. */
        OptionalInt imapPort();

        /** Port under TLS behind a proxy that passes TLS through. 0 takes a free one. */
        OptionalInt imapsPort();
    }

    /** As the sessions take it. */
    default ImapSettings settings() {
        return new ImapSettings(size(maxLine()), size(maxLiteral()), size(maxCommand()), size(maxLoginLiteral()),
                maxMessageSize().asLongValue(), maxDiscard().asLongValue(), size(maxHeaderSize()), idleTimeout(), loginTimeout(),
                literalTimeout(), idlePoll(), maxErrors(), maxAuthFailures(), authDelay(), authOnLoopbackInClear(),
                new ImapExtensions(unauthenticate(), maxNotifyMailboxes(), maxSearchContexts(), maxSearchedMailboxes(), maxSearchedMailboxesTime(), messageLimit()));
    }

    /** Shared by all sessions. */
    default SharedMemory memory() {
        return new SharedMemory(new MessageMemory(Math.min(MOST_IN_ONE_CALL, size(wholeMessageSize())), size(messageMemory())),
                new LeftMailboxes(leftMailboxes().asLongValue()), new ReadAhead(readAhead().asLongValue()),
                new KnownSummaries(knownSummaries().asLongValue()));
    }

    /** How many connections one client may have. */
    default ClientLimits clientLimits() {
        return new ClientLimits(maxConnectionsPerAddress(), rate().connections(), rate().interval(), rate().spared().orElse(List.of()));
    }

    /** How the sessions are told of the end. */
    default Drain drain() {
        return Drain.over(drainSpread(), drainTimeout());
    }

    /** Shared by all sessions. A message that is one long zero is no bomb. */
    default Compression compression() {
        return new Compression(maxCompressedConnections(), compressionMemory().asLongValue(), maxMessageSize().asLongValue() + (16 << 20));
    }

    private static int size(MemorySize size) {
        return Math.toIntExact(size.asLongValue());
    }
}
