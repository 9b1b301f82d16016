package org.postel.mailbox.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and habits of the mail store. */
@ConfigMapping(prefix = "postel.mailbox.store")
public interface StoreConfig {

    /** The largest message that is taken, octets. */
    @WithDefault("50M")
    MemorySize messageSize();

    /** Memory for the states of open mailboxes. */
    @WithDefault("256M")
    MemorySize cache();

    /**
     * How long what was read or committed here answers polls without being read again: so late a client may be told what
     * another instance committed; 0 reads at each poll, 1s at most.
     */
    @WithDefault("100ms")
    Duration moment();

    /**
     * How long the sole writer of a busy mailbox goes by its last look at the header, at most 5s, and 0 if it is to look after each commit;
     * another instance that takes the mailbox over waits four times as long.
     */
    @WithDefault("500ms")
    Duration soleWriterLook();

    /** Whether an instance that commits to a mailbox twice within five seconds goes on without a condition, as its sole writer, until another instance writes there. */
    @WithDefault("true")
    boolean soleWriters();

    /** Memory for rows and summaries of messages that were read of late. */
    @WithDefault("48M")
    MemorySize messageCache();

    /** Memory for contents of messages that came or were read of late, those of up to 64 KiB. */
    @WithDefault("64M")
    MemorySize contentCache();

    /** A snapshot is written after this many rows of the log; in a large mailbox after a twentieth as many as it has messages, five times this at most. */
    @WithDefault("1000")
    int snapshotAfter();

    /** How long a client may be away and still be told what changed (RFC 7162 §3.2.5); then the log is folded. */
    @WithDefault("30d")
    Duration resyncHorizon();

    /** Rows that one commit may carry. */
    @WithDefault("64")
    int roundRows();

    /** Octets that one commit may carry; one command alone may have more. */
    @WithDefault("1M")
    MemorySize roundOctets();

    /** How long a commit waits for messages of APPEND whose content is just being written, to take them along. */
    @WithDefault("10ms")
    Duration gather();

    /**
     * Octets of rows that one commit of COPY or MOVE may carry, 10M at most: so many messages are copied all or none. By
     * default Cassandra refuses a mutation over 16M, which has more than the rows.
     */
    @WithDefault("8M")
    MemorySize copyOctets();

    /** Commits of deliveries under way at once, in all mailboxes of this instance; what waits meanwhile shares a commit. */
    DeliveryCommits deliveryCommits();

    /** Commands that may wait for one mailbox. */
    @WithDefault("2000")
    int waiting();

    /** How often a commit is tried again after another pod was faster. */
    @WithDefault("20")
    int commitAttempts();

    /** Different keywords in one mailbox. */
    @WithDefault("200")
    int keywords();

    /** Envelope, listed header fields and body structure of one message that are stored beside it, octets; larger ones are computed when asked for. */
    @WithDefault("16K")
    MemorySize summary();

    /** How long content that was put stays without a link. */
    @WithDefault("10d")
    Duration claim();

    /** How long content stays after its last link went, and before a link without message is looked at. */
    @WithDefault("1h")
    Duration grace();

    /** How long after a large COPY or MOVE its links are written, beside what clients do then; much less than the grace. */
    @WithDefault("5s")
    Duration linkPause();

    /** Chunks of one message that are written at the same time. */
    @WithDefault("4")
    int chunksInFlight();

    /** Names in the tree of one account. */
    @WithDefault("10000")
    int names();

    /** Levels of a mailbox name. */
    @WithDefault("20")
    int nameDepth();

    /** Octets of a mailbox name in UTF-8. */
    @WithDefault("1000")
    int nameOctets();

    /** Annotations (RFC 5464) that users give their mailboxes. */
    Metadata metadata();

    /** How long one search may take. */
    @WithDefault("60s")
    Duration searchTime();

    /** How long a search may find nothing before it tells its reader that it goes on; well under the reader's stall timeout. */
    @WithDefault("1s")
    Duration searchSilence();

    /** Places where contents are looked through for BODY and TEXT at once, in all searches of this instance; each takes up to 4 MiB. */
    @WithDefault("4")
    int searchHands();

    /** Messages that all SORT and THREAD of this instance take into memory at once, about 500 octets each, 2 KiB at worst. */
    @WithDefault("500000")
    int sortedMessages();

    /** How far clocks may differ: a delivery is looked for among the messages saved since this long before it was accepted. */
    @WithDefault("6m")
    Duration clockDifference();

    /** What annotations an account may have. */
    interface Metadata {

        /** Octets of one value. */
        @WithDefault("64K")
        MemorySize value();

        /** Values, over all mailboxes of the account. */
        @WithDefault("1000")
        int entries();

        /** Octets of all names and values together. */
        @WithDefault("1M")
        MemorySize octets();
    }

    /** How many commits of deliveries are under way at once. */
    interface DeliveryCommits {

        /** At least; more than one, so that a mailbox that cannot be written holds up no other. */
        @WithDefault("2")
        int least();

        /** At most: so many only while deliveries wait longer than their patience. */
        @WithDefault("64")
        int most();

        /** How long a delivery under load waits, so that others for its mailbox join its commit; without load none waits, and none four times as long. */
        @WithDefault("400ms")
        Duration patience();
    }
}
