package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.ManyLinks;
import org.roaringbitmap.RoaringBitmap;

/**
 * Removes from a log what a snapshot folds and is older than the resync horizon: changes, and the rows of messages that they
 * expunged. What their content is to be unlinked from is noted in the same batch, so that a crash forgets none.
 */
final class LogFolder {

    private static final int CHANGES = 200;
    /** Messages that are unlinked together. */
    private static final int NOTES = 100;
    /** Messages whose rows one batch removes. */
    private static final int EXPUNGED = 500;
    private static final String OLDEST = "SELECT position, at, payload FROM mailbox_log WHERE mailbox_id = ? AND kind = 2 LIMIT ?";
    private static final String MESSAGES = """
            SELECT position, payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position IN ?""";
    private static final String MOVE = "UPDATE mailbox_log SET log_from = ? WHERE mailbox_id = ? IF log_from = ?";
    private static final String DROP_CHANGES = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 2 AND position <= ?";
    private static final String DROP = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position >= ? AND position <= ?";
    private static final String NOTE = "INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, link) VALUES (?, 5, ?, 0, ?, ?)";
    private static final String NOTED = """
            SELECT position, payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 5 AND position > ? LIMIT ?""";
    private static final String NOTE_DONE = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 5 AND position = ? AND part = 0 IF EXISTS";
    private static final String NOTES_DONE = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 5 AND position > ? AND position <= ?";
    // Cassandra reads from the first row that is there, past all that were removed before it, also to learn the header or to
    // commit; after 100,000 of these it refuses. So a folded log has a first row that stays.
    private static final String FIRST_ROW = "INSERT INTO mailbox_log (mailbox_id, kind, position, part) VALUES (?, 0, 0, 0)";

    private final Cql cql;
    private final MailboxLog log;
    private final Contents contents;
    private final StoreConfig config;
    private final Clock clock;

    LogFolder(Cql cql, MailboxLog log, Contents contents, StoreConfig config, Clock clock) {
        this.cql = cql;
        this.log = log;
        this.contents = contents;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Changes that are removed, and the messages that they expunged.
     *
     * @param upTo MODSEQ of the last; 0 when there is none to remove
     */
    private record Portion(long upTo, RoaringBitmap expunged) {}

    /** Folds what can be folded now. */
    void fold(OpenMailbox mailbox) {
        try {
            unlinkNoted(mailbox.id(), 0);
            for (boolean more = true; more;) {
                more = foldSome(mailbox);
            }
        } catch (UnknownOutcomeException e) {
            // The next round finds it done or does it again: nothing here is done twice.
            log.header(mailbox.id()).ifPresent(now -> mailbox.at(now.position()));
        }
    }

    /**
     * The messages go in batches, a change with the last of those that it expunged: after a crash in between it is found
     * again, and what is left of them.
     */
    private boolean foldSome(OpenMailbox mailbox) throws UnknownOutcomeException {
        UUID id = mailbox.id();
        LogHeader.SnapshotPosition position = log.header(id).orElseThrow().position();
        Portion portion = oldest(id, position);
        if (portion.upTo == 0) {
            return false;
        }
        // A log that began anew has rows still that nobody is told of.
        long logFrom = Math.max(position.logFrom(), portion.upTo);
        RoaringBitmap left = portion.expunged;
        while (left.getCardinality() > EXPUNGED) {
            RoaringBitmap some = left.limit(EXPUNGED);
            left.andNot(some);
            List<BatchableStatement<?>> rows = drop(id, some);
            if (!rows.isEmpty() && !remove(id, position.logFrom(), position.logFrom(), rows)) {
                return false;
            }
            unlinkNoted(id, before(some));
        }
        List<BatchableStatement<?>> rows = drop(id, left);
        rows.add(cql.bind(DROP_CHANGES, id, portion.upTo));
        if (!remove(id, position.logFrom(), logFrom, rows)) {
            return false;
        }
        if (!left.isEmpty()) {
            unlinkNoted(id, before(left));
        }
        mailbox.at(new LogHeader.SnapshotPosition(position.number(), position.last(), position.modseq(), logFrom));
        return true;
    }

    private boolean remove(UUID id, long logFrom, long upTo, List<BatchableStatement<?>> rows) throws UnknownOutcomeException {
        List<BatchableStatement<?>> batch = new ArrayList<>(rows);
        batch.add(cql.bind(FIRST_ROW, id));
        batch.add(cql.bind(MOVE, orNull(upTo), id, orNull(logFrom)));
        return cql.applied(batch);
    }

    private static long before(RoaringBitmap uids) {
        return Integer.toUnsignedLong(uids.first()) - 1;
    }

    /** The column is not set before the log is folded for the first time. */
    private static Long orNull(long logFrom) {
        return logFrom == 0 ? null : Long.valueOf(logFrom);
    }

    private Portion oldest(UUID id, LogHeader.SnapshotPosition position) {
        Instant horizon = clock.instant().minus(config.resyncHorizon());
        long upTo = 0;
        RoaringBitmap expunged = new RoaringBitmap();
        for (Row row : Cql.asking(() -> cql.read(OLDEST, id, CHANGES).all())) {
            long modseq = row.getLong("position");
            if (modseq > position.modseq() || row.getInstant("at").isAfter(horizon)) {
                break;
            }
            Change change = change(row);
            if (change.hasExpunged()) {
                RoaringBitmap gone = UidSet.parse(change.getUids());
                if (!expunged.isEmpty() && expunged.getCardinality() + gone.getCardinality() > EXPUNGED) {
                    break;
                }
                expunged.or(gone);
            }
            upTo = modseq;
        }
        return new Portion(upTo, expunged);
    }

    private List<BatchableStatement<?>> drop(UUID id, RoaringBitmap uids) {
        List<Long> positions = new ArrayList<>();
        uids.forEach((int uid) -> positions.add(Integer.toUnsignedLong(uid)));
        List<BatchableStatement<?>> batch = new ArrayList<>();
        for (Row row : Cql.asking(() -> cql.read(MESSAGES, id, positions).all())) {
            batch.add(cql.bind(NOTE, id, row.getLong("position"), LogWriter.buffer(message(row).getMessageId()), row.getByteBuffer("link")));
        }
        if (!batch.isEmpty()) {
            Run.of(positions).forEach(run -> batch.add(cql.bind(DROP, id, run.first, run.last)));
        }
        return batch;
    }

    /** Positions without a gap: one mark of Cassandra's removes them, and nothing else is within. */
    private record Run(long first, long last) {

        /** @param positions ascending */
        static List<Run> of(List<Long> positions) {
            List<Run> runs = new ArrayList<>();
            for (long position : positions) {
                if (!runs.isEmpty() && runs.getLast().last == position - 1) {
                    runs.add(new Run(runs.removeLast().first, position));
                } else {
                    runs.add(new Run(position, position));
                }
            }
            return runs;
        }
    }

    private void unlinkNoted(UUID id, long after) throws UnknownOutcomeException {
        List<Row> noted = noted(id, after);
        while (!noted.isEmpty()) {
            Map<UUID, List<Link>> gone = new HashMap<>();
            for (Row row : noted) {
                UUID message = Uuids.of(ByteString.copyFrom(row.getByteBuffer("payload")));
                gone.computeIfAbsent(message, key -> new ArrayList<>()).add(new Link(id, ByteString.copyFrom(row.getByteBuffer("link")), 0));
            }
            ManyLinks links = contents.links();
            links.unlink(gone);
            links.settle();
            if (!cql.applied(done(id, noted))) {
                // Another pod was faster with some; what is left is for the next round.
                return;
            }
            // Not from the start again: what was removed there is passed over for days.
            noted = noted(id, noted.getLast().getLong("position"));
        }
    }

    private List<BatchableStatement<?>> done(UUID id, List<Row> noted) {
        List<BatchableStatement<?>> batch = new ArrayList<>();
        for (Run run : Run.of(noted.stream().map(row -> row.getLong("position")).toList())) {
            batch.add(cql.bind(NOTE_DONE, id, run.first));
            if (run.last > run.first) {
                batch.add(cql.bind(NOTES_DONE, id, run.first, run.last));
            }
        }
        return batch;
    }

    private List<Row> noted(UUID id, long after) {
        return Cql.asking(() -> cql.read(NOTED, id, after, NOTES).all());
    }

    private static Change change(Row row) {
        try {
            return Change.parseFrom(row.getByteBuffer("payload"));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a change that cannot be read", e);
        }
    }

    private static MessageRow message(Row row) {
        try {
            return MessageRow.parseFrom(row.getByteBuffer("payload"));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message row that cannot be read", e);
        }
    }
}
