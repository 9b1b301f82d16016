package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;

/**
 * Writes the folded state into the log, so that opening the mailbox needs not read all of it. Its number is taken first, so
 * that two pods never write the same one; then the chunks; then it is published, and older ones go. Whoever finds that a
 * later number was taken gives up.
 */
final class SnapshotWriter {

    /** Messages in a chunk: about 200 KiB. */
    private static final int CHUNK = 16_384;

    private static final String TAKE = "UPDATE mailbox_log SET snapshot_seq = ? WHERE mailbox_id = ? IF snapshot_seq = ?";
    private static final String WRITE = """
            UPDATE mailbox_log SET payload = ? WHERE mailbox_id = ? AND kind = 3 AND position = ? AND part = ? IF snapshot_seq = ?""";
    private static final String PUBLISH = """
            UPDATE mailbox_log SET snapshot = ?, snapshot_modseq = ? WHERE mailbox_id = ? IF snapshot_seq = ?""";
    private static final String BEGIN = """
            UPDATE mailbox_log SET snapshot = ?, snapshot_modseq = ?, log_from = ? WHERE mailbox_id = ? IF snapshot_seq = ?""";
    private static final String DROP_OLDER = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = 3 AND position < ?";

    private final Cql cql;
    private final MailboxLog log;

    SnapshotWriter(Cql cql, MailboxLog log) {
        this.cql = cql;
        this.log = log;
    }

    /** Writes a snapshot of what is in memory; leaves it when another pod does. */
    void write(OpenMailbox mailbox) {
        mailbox.catchUp();
        LogHeader header = log.header(mailbox.id()).orElseThrow();
        try {
            write(mailbox, header.position());
        } catch (UnknownOutcomeException e) {
            // The next commit tries again; a number that was taken for nothing is skipped.
            log.header(mailbox.id()).ifPresent(now -> mailbox.at(now.position()));
        }
    }

    private void write(OpenMailbox mailbox, LogHeader.SnapshotPosition before) throws UnknownOutcomeException {
        UUID id = mailbox.id();
        if (!taken(id, before)) {
            return;
        }
        long number = before.last() + 1;
        List<SnapshotChunk> chunks = mailbox.read(now -> chunks(now.state()));
        long modseq = chunks.getFirst().getHeader().getModseq();
        if (written(id, number, chunks)
                && cql.applied(List.of(cql.bind(PUBLISH, number, modseq, id, number), cql.bind(DROP_OLDER, id, number)))) {
            mailbox.at(new LogHeader.SnapshotPosition(number, number, modseq, before.logFrom()));
        }
    }

    /**
     * Lets a log begin with a state that no row leads to: whoever knows what was before opens the mailbox anew.
     *
     * @param to    its header, with the commit that leads there
     * @param state of that header
     * @return false when somebody else committed or wrote a snapshot meanwhile
     */
    boolean begin(UUID id, LogHeader from, LogHeader to, MailboxState state) throws UnknownOutcomeException {
        if (!taken(id, from.position())) {
            return false;
        }
        long number = from.position().last() + 1;
        return written(id, number, chunks(state)) && cql.applied(List.of(
                cql.bind(HeaderColumns.MOVE, HeaderColumns.values(to, to.txn().orElseThrow(), id, from.txn().orElse(null))),
                cql.bind(BEGIN, number, to.modseq(), to.modseq(), id, number),
                cql.bind(DROP_OLDER, id, number)));
    }

    private boolean taken(UUID id, LogHeader.SnapshotPosition before) throws UnknownOutcomeException {
        Long last = before.last() == 0 ? null : Long.valueOf(before.last());
        return cql.applied(List.of(cql.bind(TAKE, before.last() + 1, id, last)));
    }

    private boolean written(UUID id, long number, List<SnapshotChunk> chunks) throws UnknownOutcomeException {
        int part = 0;
        for (SnapshotChunk chunk : chunks) {
            if (!cql.applied(List.of(cql.bind(WRITE, LogWriter.buffer(chunk.toByteString()), id, number, part++, number)))) {
                return false;
            }
        }
        return true;
    }

    private static List<SnapshotChunk> chunks(MailboxState state) {
        List<SnapshotChunk> chunks = new ArrayList<>();
        for (Iterator<SnapshotChunk> each = state.chunks(CHUNK, LoadedMailbox.COLUMNS); each.hasNext();) {
            chunks.add(each.next());
        }
        return chunks;
    }
}
