package org.postel.delivery.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.postel.delivery.relay.TlsDefault;
import org.postel.delivery.smtp.SmtpTimeouts;

/** What an operator can set of the delivery worker. */
@ConfigMapping(prefix = "postel.delivery")
public interface DeliveryConfig {

    /** Delays before the second, third, ... attempt; the last one goes on. Each is a tier of postel.queue.retry-tiers. */
    @WithDefault("5m,30m,2h,6h")
    List<Duration> retrySchedule();

    /** Since a message was accepted; then it bounces (RFC 5321 §4.5.4.1: at least 4 to 5 days). */
    @WithDefault("5d")
    Duration giveUpAfter();

    /** Age of a message that is still tried at which its sender is told, once, that it takes long; 0: never. */
    @WithDefault("4h")
    Duration delayWarning();

    /** Fixed next hop, as host:port, for a domain, or with the key * for all others. Domains that have none are asked of DNS. */
    Map<String, String> nextHops();

    /** Stage one: aliases and mailboxes. */
    Route route();

    /** Stage two: other mail servers. */
    Relay relay();

    /** What is put before mail that leaves for other domains. */
    Sign sign();

    /** Name resolution. */
    Dns dns();

    /** What other domains say about TLS to their servers. */
    MtaSts mtaSts();

    /** Longest wait for work in hand once the process is to end; then it is released. */
    @WithDefault("20s")
    Duration drainTimeout();

    /** How often the length and age of the queues are read. */
    @WithDefault("15s")
    Duration queueMetricsInterval();

    /** How often mailbox-service and the queue are asked whether they are there. */
    @WithDefault("5s")
    Duration probeInterval();

    /** What is put before mail that leaves for other domains. */
    interface Sign {

        /** Whether mail of our accounts, and our notifications, are signed for the author's domain (RFC 6376). */
        @WithDefault("true")
        boolean dkim();

        /** Whether strangers' mail that is forwarded to another domain is sealed with what was found of it (ARC, RFC 8617). */
        @WithDefault("true")
        boolean arc();
    }

    /** Stage one: aliases and mailboxes. */
    interface Route {

        /** Share consumers; a batch that is not finished holds up its own only. At least as many as partitions. */
        @WithDefault("3")
        int lanes();

        /** Messages each of them works on at once: the more, the more deliveries to one mailbox share a commit. */
        @WithDefault("200")
        int batch();

        /** Most Received fields of a message; more is a loop (RFC 5321 §6.3). */
        @WithDefault("50")
        int maxHops();

        /** Longest chain of aliases. */
        @WithDefault("10")
        int maxAliasDepth();

        /** Most addresses that the recipients of one message may stand for. */
        @WithDefault("5000")
        int maxAddresses();

        /** Whether mail for a full mailbox bounces at once (5.2.2); else it is tried again as long as any mail (4.2.2), for its owner may make room. */
        @WithDefault("false")
        boolean fullMailboxBounces();

        /** How long a store that does not answer is asked again before the message goes to a retry tier. */
        @WithDefault("2m")
        Duration storePatience();
    }

    /** Stage two: other mail servers. */
    interface Relay {

        /** Share consumers; each slow message holds up one for postel.delivery.relay.slow.lane-patience. Several times the partitions, six times at most with ten deliveries. */
        @WithDefault("12")
        int lanes();

        /** Messages each of them works on at once. */
        @WithDefault("8")
        int batch();

        /**
         * Messages of this process that go to one domain at once. Less than the lanes of a partition: one that stalls holds a lane with
         * each, and all lanes of a partition would hold up everybody's mail there.
         */
        @WithDefault("3")
        int perDestination();

        /**
         * Connections of this process to one mail server at once, whichever domains the mail is for; not set: 10 to an MX host, and as many as the
         * messages in hand need to a fixed next hop.
         */
        OptionalInt perServer();

        /** How long a message waits for one of them, or for its domain, before it is parked. */
        @WithDefault("2s")
        Duration destinationPatience();

        /**
         * A server that asks for less (421, or 4.7.x but to RCPT) gets half as many connections, a domain that does (4.7.x to RCPT) half as many
         * messages at once, and one more after each such while, from ten on twice as many. One that does it on the only one left gets mail more slowly, a second from one to the next, twice as long each time and 8 at most; half as long after each such while, and with each message it takes.
         */
        @WithDefault("1m")
        Duration destinationRecovery();

        /** Messages a minute that this process begins to send to one mail server, 1 to 10000; what is more is parked. 0: as many as come. With more workers it is as much of each. */
        @WithDefault("0")
        int messagesPerMinute();

        /** The same for a domain or a mail server (the name of its MX host) of its own, by that name, 1 to 10000; it takes the place of messages-per-minute. */
        Map<String, Integer> rates();

        /** Messages sent over one connection at most; 1: each message has its own. */
        @WithDefault("100")
        int connectionMessages();

        /** How long a connection waits for another message to its server before it is closed. */
        @WithDefault("2s")
        Duration connectionIdle();

        /**
         * Whether content goes in chunks (BDAT, RFC 3030) to servers that take them; false: after DATA, but for binary content, which
         * goes no other way.
         */
        @WithDefault("true")
        boolean chunking();

        /** The retry tier where messages are parked; costs no attempt. */
        @WithDefault("30s")
        Duration parkingTier();

        /** Whether to encrypt where the other domain says nothing of it (DANE, MTA-STS): opportunistic, required or off; off obeys no domain. */
        @WithDefault("opportunistic")
        TlsDefault tls();

        /** PEM file of the authorities whose certificates count for servers that must prove their names; not set: those of Java. */
        Optional<Path> authorities();

        /** The name in EHLO, by the domain of the sender; not set, and for notices, which have none: postel.hostname. DNS should lead from the source address to it and back. */
        Map<String, String> ehloNames();

        /** Addresses to connect from, with commas between them, by the domain of the sender; not set: whichever this machine takes. */
        Map<String, String> sourceAddresses();

        /** Where other mail servers listen. */
        @WithDefault("25")
        int port();

        /** More names of this platform: an MX record that points to one would bring mail back. */
        Optional<List<String>> ownNames();

        /** Addresses of this platform, such as those of its load balancer. */
        Optional<List<String>> ownAddresses();

        /** Whether DNS may send mail to this machine's loopback interface; only a test wants that. */
        @WithDefault("false")
        boolean toLoopback();

        /** How long to wait for the other server (RFC 5321 §4.5.3.2). */
        Timeouts timeouts();

        /** What is done about domains that keep others waiting. */
        Slow slow();

        /** Connections to one MX host. */
        default int perExchanger() {
            return perServer().orElse(10);
        }

        /** Connections to one fixed next hop; where no limit is set, one that all messages together in and outside of the lanes do not reach. */
        default int perFixedHop() {
            return perServer().orElseGet(() -> lanes() * batch() + slow().lanes() * slow().batch() + 2 * slow().outsideOfLanes());
        }
    }

    /** What is done about domains that keep others waiting: their mail goes on in lanes of its own. */
    interface Slow {

        /**
         * How long a message of the main lanes waits for DNS and a server before its content goes; then it goes on in the slow
         * lanes, where timeouts hold in full, and so does all mail of its domain for a while.
         */
        @WithDefault("20s")
        Duration after();

        /** How long it waits while as many as may already wait for longer. */
        @WithDefault("3s")
        Duration moment();

        /** Messages of the main lanes that wait for longer than the moment. Less than the lanes of a partition. */
        @WithDefault("3")
        int waiting();

        /**
         * How long a message stays in its lane of either kind, which takes nothing new before it is done. Then it is waited for outside of
         * it, while a copy lies in the shortest retry tier that is two minutes longer than timeouts.total; the copy is taken back once the outcome is known.
         */
        @WithDefault("5s")
        Duration lanePatience();

        /**
         * Places for messages outside of the main lanes, and as many outside of the slow ones, 1 to 10000; each holds its message in memory. A message
         * for a domain that took none in time lately needs one from its beginning, and is parked without: better at least as many as lanes times batch.
         */
        @WithDefault("100")
        int outsideOfLanes();

        /** How long this process remembers that a domain is slow, or took a message in time, after the last time. */
        @WithDefault("1h")
        Duration remembered();

        /** Share consumers of mail.relay.slow. */
        @WithDefault("6")
        int lanes();

        /** Messages each of them works on at once. */
        @WithDefault("16")
        int batch();

        /** Messages that go from them to one domain at once. Less than the lanes of a partition. */
        @WithDefault("1")
        int perDestination();

        /** How long a connection waits for another message: it was long in coming. */
        @WithDefault("1m")
        Duration connectionIdle();
    }

    /** How long to wait for the other server. */
    interface Timeouts {

        /** For the TCP connection. */
        @WithDefault("30s")
        Duration connect();

        /** For the greeting. */
        @WithDefault("5m")
        Duration greeting();

        /** For the answers to EHLO, MAIL, RCPT, STARTTLS and for the TLS handshake. */
        @WithDefault("5m")
        Duration command();

        /** For the answer to DATA. */
        @WithDefault("2m")
        Duration dataInitiation();

        /** For a block of the content to be taken. */
        @WithDefault("3m")
        Duration dataBlock();

        /** For the answer to the end of the content. */
        @WithDefault("10m")
        Duration dataTermination();

        /** For one message, its connection included; at least two minutes less than a retry tier (30m), where a copy of it waits meanwhile. */
        @WithDefault("28m")
        Duration total();

        /** As the client takes it. */
        default SmtpTimeouts settings() {
            return new SmtpTimeouts(connect(), greeting(), command(), dataInitiation(), dataBlock(), dataTermination(), total());
        }
    }

    /** What other domains say about TLS to their servers: RFC 8461. */
    interface MtaSts {

        /** Whether they are asked. */
        @WithDefault("true")
        boolean enabled();

        /** For one policy, over HTTPS; a first message to its domain waits for it. */
        @WithDefault("15s")
        Duration fetchTimeout();

        /** HTTP proxy for that, as host:port; not set: none. */
        Optional<String> proxy();
    }

    /** Name resolution. */
    interface Dns {

        /** The server to ask, as host:port; not set: those of this machine. */
        Optional<String> resolver();

        /** Whether that one checks DNSSEC (an unbound beside this process does): then DANE is obeyed; on loopback only, for its word counts. */
        @WithDefault("false")
        boolean validates();

        /** For one answer, repetitions included. */
        @WithDefault("10s")
        Duration timeout();
    }
}
