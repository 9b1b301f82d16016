package org.postel.mailbox.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;

/** The last rows of a log: sessions that are up to date but for a few rows need no read. */
final class RecentRows {

    private static final int MOST = 256;

    /** One of both. */
    record Recent(Optional<MessageRow> arrival, Optional<Change> change) {

        long modseq() {
            return arrival.map(MessageRow::getModseq).or(() -> change.map(Change::getModseq)).orElseThrow();
        }

        long octets() {
            return arrival.map(MessageRow::getSerializedSize).or(() -> change.map(Change::getSerializedSize)).orElseThrow();
        }
    }

    private final Deque<Recent> rows = new ArrayDeque<>();
    // All rows above this MODSEQ are here.
    private long complete;

    /** @param header where the state stands whose later rows will be added */
    RecentRows(LogHeader header) {
        this.complete = header.modseq();
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
            complete = Math.max(complete, rows.removeFirst().modseq());
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
}
