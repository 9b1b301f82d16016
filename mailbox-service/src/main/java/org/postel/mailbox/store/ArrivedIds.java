package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Which messages came of late, expunged ones included, by message id: a delivery that comes twice is stored once. All
 * messages from one UID on are here; the oldest are forgotten, half of them at a time.
 */
final class ArrivedIds {

    private static final int ENTRY_OCTETS = 130;

    /** Messages that came one after the other. */
    private static final class Generation {
        private final Map<ByteString, Integer> uids = new HashMap<>();
        private long firstUid;
        private long firstSavedAt;

        Generation(long firstUid) {
            this.firstUid = firstUid;
            this.firstSavedAt = Long.MAX_VALUE;
        }
    }

    private final int most;
    private Generation older;
    private Generation newer;

    /**
     * @param uidNext where the state stands whose later messages will be added
     * @param most    how many are surely remembered; at most twice as many are
     */
    ArrivedIds(long uidNext, int most) {
        this.most = most;
        this.older = new Generation(uidNext);
        this.newer = older;
    }

    void add(MessageRow arrival) {
        if (newer.uids.size() >= most) {
            older = newer;
            newer = new Generation(Integer.toUnsignedLong(arrival.getUid()));
        }
        newer.uids.put(arrival.getMessageId(), arrival.getUid());
        newer.firstSavedAt = Math.min(newer.firstSavedAt, arrival.getSavedAt());
    }

    /**
     * Adds what the log holds of the time before.
     *
     * @param rows without a gap, from any UID up to {@code uidNext}
     * @param all  the log has no older one
     */
    void addBefore(List<MessageRow> rows, long uidNext, boolean all) {
        if (uidNext < older.firstUid || older.uids.size() + rows.size() > most) {
            return;
        }
        for (MessageRow row : rows) {
            older.uids.putIfAbsent(row.getMessageId(), row.getUid());
            older.firstUid = Math.min(older.firstUid, Integer.toUnsignedLong(row.getUid()));
            older.firstSavedAt = Math.min(older.firstSavedAt, row.getSavedAt());
        }
        if (all) {
            older.firstUid = 0;
        }
    }

    /** Whether all are here that were saved at a moment or later (milliseconds since the epoch). */
    boolean coverSince(long savedAt) {
        return older.firstUid <= 1 || older.firstSavedAt < savedAt;
    }

    /** From this UID on all are here. */
    long fromUid() {
        return older.firstUid;
    }

    /** The UID of the message with this id. */
    OptionalInt find(ByteString messageId) {
        Integer uid = newer.uids.get(messageId);
        uid = uid == null ? older.uids.get(messageId) : uid;
        return uid == null ? OptionalInt.empty() : OptionalInt.of(uid);
    }

    /**
     * The UID that a message of this id has among those from a UID on.
     *
     * @throws StoreException UNAVAILABLE when not all of them are here: the log must be searched again
     */
    OptionalInt find(ByteString messageId, long fromUid) {
        OptionalInt found = find(messageId);
        if (found.isEmpty() && fromUid < older.firstUid) {
            throw new StoreException(Problem.UNAVAILABLE, "the mailbox moved on too far to tell whether the message is there");
        }
        return found;
    }

    /** About how many octets it takes in memory. */
    long weight() {
        return (long) ENTRY_OCTETS * (newer.uids.size() + (older == newer ? 0 : older.uids.size()));
    }
}
