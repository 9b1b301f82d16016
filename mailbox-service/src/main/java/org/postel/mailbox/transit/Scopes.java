package org.postel.mailbox.transit;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Under which names an entry of the index is found, and in which partitions of time. */
final class Scopes {

    static final String ALL = "all";

    private static final int MILLIS_OF_AN_HOUR = 3_600_000;
    private static final int MILLIS_OF_A_MINUTE = 60_000;
    // Part of the primary key of stored rows: changing it needs a migration.
    private static final int SHARDS = 16;
    // RFC 9562 §5.7: the upper 48 bits are milliseconds since the epoch.
    private static final int TIME_SHIFT = 16;
    private static final long VERSION_7 = 0x7000;

    private Scopes() {}

    static List<String> of(String sender, String recipient) {
        return recipient.isEmpty() ? List.of(ALL, from(sender)) : List.of(ALL, from(sender), to(recipient.substring(recipient.lastIndexOf('@') + 1)));
    }

    /** By sender; empty for the null reverse-path. */
    static String from(String sender) {
        return "from:" + sender.toLowerCase(Locale.ROOT);
    }

    static String to(String domain) {
        return "to:" + domain.toLowerCase(Locale.ROOT);
    }

    static int hour(UUID queueId) {
        return hour(millis(queueId));
    }

    static int minute(UUID queueId) {
        return Math.toIntExact(millis(queueId) / MILLIS_OF_A_MINUTE);
    }

    /** What is less than every queue id of that minute, and not of the one before; Cassandra orders by the version first. */
    static UUID begin(int minute) {
        return new UUID(((long) minute * MILLIS_OF_A_MINUTE << TIME_SHIFT) | VERSION_7, 0);
    }

    static byte shard(String messageId) {
        return (byte) Math.floorMod(messageId.hashCode(), SHARDS);
    }

    private static long millis(UUID queueId) {
        return queueId.getMostSignificantBits() >>> TIME_SHIFT;
    }

    static int hour(long millis) {
        return Math.toIntExact(millis / MILLIS_OF_AN_HOUR);
    }
}
