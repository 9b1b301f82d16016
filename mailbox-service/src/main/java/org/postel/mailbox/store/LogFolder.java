package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.roaringbitmap.RoaringBitmap;

/**
 * Removes from a log what a snapshot folds and is older than the resync horizon: changes, and the rows of messages that they
 * expunged. What their content is to be unlinked from is noted in the same batch, so that a crash forgets none.
 */
final class LogFolder {

    private static final int CHANGES = 200;
    private static final int EXPUNGED = 500;
    private static final String OLDEST = "SELECT position, at, payload FROM mailbox_log WHERE mailbox_id = ? AND kind = 2 LIMIT ?";
    private static final String MESSAGE = "SELECT payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 1 AND position = ?";
    private static final String MOVE = "UPDATE mailbox_log SET log_from = ? WHERE mailbox_id = ? IF log_from = ?";
    private static final String DROP_CHANGES = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 2 AND position <= ?";
    private static final String DROP = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = ? AND position = ?";
    private static final String NOTE = "INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, link) VALUES (?, 5, ?, 0, ?, ?)";
    private static final String NOTED = "SELECT position, payload, link FROM mailbox_log WHERE mailbox_id = ? AND kind = 5 LIMIT 1000";
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

    /** What one batch removes. */
    private record Portion(long upTo, RoaringBitmap expunged) {}

    /** Folds what can be folded now. */
    void fold(OpenMailbox mailbox) {
        try {
            unlinkNoted(mailbox.id());
            for (boolean more = true; more;) {
                more = foldSome(mailbox);
                unlinkNoted(mailbox.id());
            }
        } catch (UnknownOutcomeException e) {
            // The next round finds it done or does it again: nothing here is done twice.
            log.header(mailbox.id()).ifPresent(now -> mailbox.at(now.position()));
        }
    }

    private boolean foldSome(OpenMailbox mailbox) throws UnknownOutcomeException {
        UUID id = mailbox.id();
        LogHeader.SnapshotPosition position = log.header(id).orElseThrow().position();
        Portion portion = oldest(id, position);
        if (portion.upTo <= position.logFrom()) {
            return false;
        }
        List<BatchableStatement<?>> batch = new ArrayList<>();
        Long before = position.logFrom() == 0 ? null : Long.valueOf(position.logFrom());
        batch.add(cql.bind(MOVE, portion.upTo, id, before));
        batch.add(cql.bind(DROP_CHANGES, id, portion.upTo));
        portion.expunged.forEach((int uid) -> drop(batch, id, Integer.toUnsignedLong(uid)));
        if (!cql.applied(batch)) {
            return false;
        }
        mailbox.at(new LogHeader.SnapshotPosition(position.number(), position.last(), position.modseq(), portion.upTo));
        return true;
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

    private void drop(List<BatchableStatement<?>> batch, UUID id, long uid) {
        Row row = cql.read(MESSAGE, id, uid).one();
        if (row == null) {
            return;
        }
        ByteString messageId = message(row).getMessageId();
        batch.add(cql.bind(NOTE, id, uid, LogWriter.buffer(messageId), row.getByteBuffer("link")));
        batch.add(cql.bind(DROP, id, MailboxLog.MESSAGE, uid));
        batch.add(cql.bind(DROP, id, MailboxLog.SUMMARY, uid));
    }

    private void unlinkNoted(UUID id) throws UnknownOutcomeException {
        for (Row row : Cql.asking(() -> cql.read(NOTED, id).all())) {
            UUID message = Uuids.of(ByteString.copyFrom(row.getByteBuffer("payload")));
            contents.unlink(message, List.of(new Link(id, ByteString.copyFrom(row.getByteBuffer("link")), 0)));
            cql.applied(List.of(cql.bind(NOTE_DONE, id, row.getLong("position"))));
        }
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
