package org.postel.mailbox.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;

/**
 * Rows of messages and their summaries, as the log has them: neither ever changes, and a UID is never given twice, so nothing
 * here grows old. What is found may be expunged meanwhile; whoever asks knows which UIDs are there.
 */
final class MessageCache {

    /** What an entry takes beside its octets: objects of the parsed form, key and links. */
    private static final int OVERHEAD = 600;
    private static final int PARSED = 3;

    private record Key(UUID mailbox, int uid) {}

    /** @param summary empty when it was not asked for; a default instance when none is stored */
    record Entry(MessageRow row, Optional<MessageSummary> summary) {

        private int weight() {
            // The fields stay octets.
            int fields = summary.map(stored -> stored.getFields().getSerializedSize()).orElse(0);
            return OVERHEAD + PARSED * (row.getSerializedSize() + summary.map(MessageSummary::getSerializedSize).orElse(0) - fields) + fields;
        }
    }

    private final Cache<Key, Entry> entries;

    /** @param octets about as many in memory at most */
    MessageCache(long octets) {
        // Tidied up by who writes: waking a thread for it costs more.
        entries = Caffeine.newBuilder().maximumWeight(octets).executor(Runnable::run).weigher((Key key, Entry entry) -> entry.weight()).build();
    }

    Optional<Entry> find(UUID mailbox, int uid) {
        return Optional.ofNullable(entries.getIfPresent(new Key(mailbox, uid)));
    }

    void add(UUID mailbox, Entry entry) {
        entries.put(new Key(mailbox, entry.row().getUid()), entry);
    }
}
