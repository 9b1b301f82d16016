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
    private static final String DROP = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position = ?";
    private static final String NOTE = "INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, link) VALUES (?, 5, ?, 0, ?, ?)";
    private static final String NOTED = "SELECT position, payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 5 LIMIT ?";
    private static final String NOTE_DONE = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 5 AND position = ? AND part = 0 IF EXISTS";

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

    /** Changes that are removed, and the messages that they expunged. */
    private record Portion(long upTo, RoaringBitmap expunged) {}

    /** Folds what can be folded now. */
    void fold(OpenMailbox mailbox) {
        try {
            unlinkNoted(mailbox.id());
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
        if (portion.upTo <= position.logFrom()) {
            return false;
        }
        RoaringBitmap left = portion.expunged;
        while (left.getCardinality() > EXPUNGED) {
            RoaringBitmap some = left.limit(EXPUNGED);
            left.andNot(some);
            List<BatchableStatement<?>> rows = drop(id, some);
            if (!rows.isEmpty() && !remove(id, position.logFrom(), position.logFrom(), rows)) {
                return false;
            }
        }
        List<BatchableStatement<?>> rows = drop(id, left);
        rows.add(cql.bind(DROP_CHANGES, id, portion.upTo));
        if (!remove(id, position.logFrom(), portion.upTo, rows)) {
            return false;
        }
        mailbox.at(new LogHeader.SnapshotPosition(position.number(), position.last(), position.modseq(), portion.upTo));
        return true;
    }

    private boolean remove(UUID id, long logFrom, long upTo, List<BatchableStatement<?>> rows) throws UnknownOutcomeException {
        List<BatchableStatement<?>> batch = new ArrayList<>(rows);
        batch.add(cql.bind(MOVE, orNull(upTo), id, orNull(logFrom)));
        boolean removed = cql.applied(batch);
        unlinkNoted(id);
        return removed;
    }

    /** The column is not set before the log is folded for the first time. */
    private static Long orNull(long logFrom) {
        return logFrom == 0 ? null : Long.valueOf(logFrom);
    }

    private Portion oldest(UUID id, LogHeader.SnapshotPosition position) {
        Instant horizon = clock.instant().minus(config.resyncHorizon());
        long upTo = position.logFrom();
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
            long uid = row.getLong("position");
            batch.add(cql.bind(NOTE, id, uid, LogWriter.buffer(message(row).getMessageId()), row.getByteBuffer("link")));
            batch.add(cql.bind(DROP, id, uid));
        }
        return batch;
    }

    private void unlinkNoted(UUID id) throws UnknownOutcomeException {
        List<Row> noted = noted(id);
        while (!noted.isEmpty()) {
            Map<UUID, List<Link>> gone = new HashMap<>();
            for (Row row : noted) {
                UUID message = Uuids.of(ByteString.copyFrom(row.getByteBuffer("payload")));
                gone.computeIfAbsent(message, key -> new ArrayList<>()).add(new Link(id, ByteString.copyFrom(row.getByteBuffer("link")), 0));
            }
            ManyLinks links = contents.links();
            links.unlink(gone);
            links.settle();
            if (!cql.applied(noted.stream().map(row -> cql.bind(NOTE_DONE, id, row.getLong("position"))).toList())) {
                // Another pod was faster with some; what is left is for the next round.
                return;
            }
            noted = noted(id);
        }
    }

    private List<Row> noted(UUID id) {
        return Cql.asking(() -> cql.read(NOTED, id, NOTES).all());
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
