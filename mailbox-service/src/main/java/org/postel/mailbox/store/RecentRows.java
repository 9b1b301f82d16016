package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** The last rows of a log: sessions that are up to date but for a few rows need no read, and a repeated delivery shows. */
final class RecentRows {

    private static final int MOST = 256;

    /** One of both. */
    record Recent(Optional<MessageRow> arrival, Optional<Change> change) {

        long modseq() {
            return arrival.map(MessageRow::getModseq).or(() -> change.map(Change::getModseq)).orElseThrow();
        }
    }

    private final Deque<Recent> rows = new ArrayDeque<>();
    // All rows above this MODSEQ, and all messages from this UID on, are here.
    private long complete;
    private long completeUid;

    /** @param header where the state stands whose later rows will be added */
    RecentRows(LogHeader header) {
        this.complete = header.modseq();
        this.completeUid = Integer.toUnsignedLong(header.mailbox().getUidNext());
    }

    void add(MessageRow arrival) {
        add(new Recent(Optional.of(arrival), Optional.empty()));
    }

    void add(Change change) {
        add(new Recent(Optional.empty(), Optional.of(change)));
    }

    private void add(Recent row) {
        rows.addLast(row);
        if (rows.size() > MOST) {
            Recent oldest = rows.removeFirst();
            complete = Math.max(complete, oldest.modseq());
            oldest.arrival().ifPresent(arrival -> completeUid = Integer.toUnsignedLong(arrival.getUid()) + 1);
        }
    }

    /** The rows above a MODSEQ, or empty when older ones than are here would be needed. */
    Optional<List<Recent>> since(long modseq) {
        if (modseq < complete) {
            return Optional.empty();
        }
        List<Recent> later = new ArrayList<>();
        for (Recent row : rows) {
            if (row.modseq() > modseq) {
                later.add(row);
            }
        }
        return Optional.of(later);
    }

    /**
     * The UID that a message of this id has among those from a UID on.
     *
     * @throws StoreException UNAVAILABLE when not all of them are here: the log must be searched again
     */
    OptionalInt find(ByteString messageId, long fromUid) {
        for (Recent row : rows) {
            if (row.arrival().isPresent() && row.arrival().get().getMessageId().equals(messageId)) {
                return OptionalInt.of(row.arrival().get().getUid());
            }
        }
        if (fromUid < completeUid) {
            throw new StoreException(Problem.UNAVAILABLE, "the mailbox moved on too far to tell whether the message is there");
        }
        return OptionalInt.empty();
    }
}
