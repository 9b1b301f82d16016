package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;

/** Commits to the table {@code mailbox_log}: a conditional batch each, or one without a condition by a sole writer. */
final class LogWriter {

    private static final String APPEND_MESSAGE = """
            INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, link, summary, txn, at) VALUES (?, 1, ?, 0, ?, ?, ?, ?, ?)""";
    private static final String APPEND_CHANGE = """
            INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, txn, at) VALUES (?, 2, ?, 0, ?, ?, ?)""";
    private static final String MOVE_TIP = "UPDATE mailbox_log SET tip = ? WHERE mailbox_id = ?";
    private static final Logger LOG = Logger.getLogger(LogWriter.class);
    private static final int RESOLVE_ATTEMPTS = 4;
    private static final long RESOLVE_PAUSE_NANOS = 50_000_000;

    private final Cql cql;
    private final MailboxLog log;
    private final Clock clock;

    LogWriter(Cql cql, MailboxLog log, Clock clock) {
        this.cql = cql;
        this.log = log;
        this.clock = clock;
    }

    /** An empty mailbox; the id is new. */
    void create(UUID mailbox, UUID account, int uidValidity) {
        MailboxHeader first = MailboxHeader.newBuilder().setMailboxId(HeaderColumns.octets(mailbox))
                .setUidValidity(uidValidity).setUidNext(1).setModseq(1).setRecentFrom(1).build();
        LogHeader header = new LogHeader(first, account, 0, false, Optional.of(UUID.randomUUID()), Optional.empty(),
                new LogHeader.SnapshotPosition(0, 0, 0, 0), LogHeader.Tenancy.NONE);
        commit(mailbox, Optional.empty(), header, List.of());
    }

    /**
     * Moves the header and appends the rows.
     *
     * @param before the commit it must stand at; empty when it must not be there
     * @return false when it stood elsewhere, or the mailbox has a sole writer
     * @throws StoreException UNAVAILABLE when the outcome could not be learned
     */
    boolean commit(UUID mailbox, Optional<UUID> before, LogHeader to, List<LogRow> rows) {
        return applied(cql.bind(HeaderColumns.MOVE, HeaderColumns.values(to, txn(to), mailbox, before.orElse(null))), mailbox, to, rows);
    }

    /**
     * As {@link #commit(UUID, Optional, LogHeader, List)}, and begins a tenure.
     *
     * @param to tells the tenure, which has the name of the commit
     */
    boolean begin(UUID mailbox, Optional<UUID> before, LogHeader to, List<LogRow> rows) {
        return applied(cql.bind(HeaderColumns.BEGIN, HeaderColumns.values(to, null, txn(to), to.tenancy().look().toMillis(), to.tenancy().epoch(), mailbox, before.orElse(null))),
                mailbox, to, rows);
    }

    /**
     * The last commit of a tenure, with which it ends; or none, and it ends.
     *
     * @param to where it stands or is moved to, without a tenure
     */
    boolean leave(UUID mailbox, UUID tenure, LogHeader to, List<LogRow> rows) {
        return applied(cql.bind(HeaderColumns.LEAVE, HeaderColumns.values(to, txn(to), mailbox, tenure)), mailbox, to, rows);
    }

    private static UUID txn(LogHeader to) {
        return to.txn().orElseThrow();
    }

    private boolean applied(BoundStatement header, UUID mailbox, LogHeader to, List<LogRow> rows) {
        try {
            if (cql.applied(batch(header, mailbox, to, rows))) {
                return true;
            }
        } catch (UnknownOutcomeException e) {
            LOG.debugf("mailbox %s: commit %s: %s", mailbox, txn(to), e.getMessage());
        }
        // Also after a no: a proposal that was overtaken may have been completed by who overtook it.
        return wasApplied(mailbox, to, rows);
    }

    /**
     * Writes a commit of a tenure, for the holder of its lock; it counts if the tenure had not begun to end by then.
     *
     * @throws StoreException UNAVAILABLE when it was not written at quorum in two attempts; it may still arrive
     */
    void write(Tenure tenure, LogHeader to, List<LogRow> rows) {
        ByteString tip = new Tip(to, tenure.last()).octets(tenure.name());
        List<BatchableStatement<?>> batch = batch(cql.bind(MOVE_TIP, buffer(tip), tenure.mailbox()), tenure.mailbox(), to, rows);
        long stamp = tenure.nextStamp();
        try {
            cql.writeTogether(batch, stamp);
        } catch (StoreException e) {
            // The same once more changes nothing if it was written, and to end the tenure costs many times as much.
            LOG.debugf("mailbox %s: commit %s is written again: %s", tenure.mailbox(), txn(to), e.getMessage());
            cql.writeTogether(batch, stamp);
        }
    }

    private List<BatchableStatement<?>> batch(BoundStatement header, UUID mailbox, LogHeader to, List<LogRow> rows) {
        List<BatchableStatement<?>> batch = new ArrayList<>();
        batch.add(header);
        Instant now = clock.instant();
        rows.forEach(row -> append(batch, mailbox, row, txn(to), now));
        return batch;
    }

    private void append(List<BatchableStatement<?>> batch, UUID mailbox, LogRow row, UUID txn, Instant now) {
        switch (row) {
            // No summary is an empty blob: null would leave a tombstone.
            case LogRow.Arrival arrival -> batch.add(cql.bind(APPEND_MESSAGE, mailbox, Integer.toUnsignedLong(arrival.message().getUid()),
                    buffer(arrival.message().toByteString()), buffer(arrival.link()), buffer(arrival.summary()), txn, now));
            case LogRow.Changed changed -> batch.add(cql.bind(APPEND_CHANGE, mailbox, row.modseq(),
                    buffer(changed.change().toByteString()), txn, now));
        }
    }

    /** A serial read lets no conditional commit stay under way: what it does not see will never be. Of a commit of a tenure this is known only once the tenure is over. */
    boolean wasApplied(UUID mailbox, LogHeader to, List<LogRow> rows) {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<LogHeader> now = log.serialHeader(mailbox);
                if (now.isEmpty() || now.get().txn().equals(to.txn())) {
                    return now.isPresent();
                }
                // Somebody may have built upon it already: then its rows are there.
                return !rows.isEmpty() && log.wrote(mailbox, rows.getFirst(), txn(to));
            } catch (StoreException e) {
                if (attempt == RESOLVE_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(RESOLVE_PAUSE_NANOS << attempt);
            }
        }
    }

    static ByteBuffer buffer(ByteString octets) {
        return octets.asReadOnlyByteBuffer();
    }
}
