package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
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

/** Commits to the table {@code mailbox_log}: one conditional batch each. */
final class LogWriter {

    private static final String APPEND_MESSAGE = """
            INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, link, summary, txn, at) VALUES (?, 1, ?, 0, ?, ?, ?, ?, ?)""";
    private static final String APPEND_CHANGE = """
            INSERT INTO mailbox_log (mailbox_id, kind, position, part, payload, txn, at) VALUES (?, 2, ?, 0, ?, ?, ?)""";
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
                new LogHeader.SnapshotPosition(0, 0, 0, 0));
        commit(mailbox, Optional.empty(), header, List.of());
    }

    /**
     * Moves the header and appends the rows.
     *
     * @param before the commit it must stand at; empty when it must not be there
     * @return false when it stood elsewhere
     * @throws StoreException UNAVAILABLE when the outcome could not be learned
     */
    boolean commit(UUID mailbox, Optional<UUID> before, LogHeader to, List<LogRow> rows) {
        UUID txn = to.txn().orElseThrow();
        List<BatchableStatement<?>> batch = new ArrayList<>();
        batch.add(cql.bind(HeaderColumns.MOVE, HeaderColumns.values(mailbox, to, before)));
        Instant now = clock.instant();
        rows.forEach(row -> append(batch, mailbox, row, txn, now));
        try {
            if (cql.applied(batch)) {
                return true;
            }
        } catch (UnknownOutcomeException e) {
            LOG.debugf("mailbox %s: commit %s: %s", mailbox, txn, e.getMessage());
        }
        // Also after a no: a proposal that was overtaken may have been completed by who overtook it.
        return wasApplied(mailbox, to, rows, txn);
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

    /** A serial read lets no commit stay under way: what it does not see will never be. */
    private boolean wasApplied(UUID mailbox, LogHeader to, List<LogRow> rows, UUID txn) {
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<LogHeader> now = log.serialHeader(mailbox);
                if (now.isEmpty() || now.get().txn().equals(to.txn())) {
                    return now.isPresent();
                }
                // Somebody may have built upon it already: then its rows are there.
                return !rows.isEmpty() && log.wrote(mailbox, rows.getFirst(), txn);
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
