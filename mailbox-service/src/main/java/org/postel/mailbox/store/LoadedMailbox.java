package org.postel.mailbox.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** A mailbox's state folded from the newest snapshot and the rows after it. */
record LoadedMailbox(MailboxState state, LogHeader header) {

    static final Set<MailboxState.Column> COLUMNS = EnumSet.of(MailboxState.Column.SIZE, MailboxState.Column.INTERNAL_DATE);

    private static final int ATTEMPTS = 5;

    /** @throws StoreException NOT_FOUND when there is no such mailbox */
    static LoadedMailbox load(UUID mailbox, MailboxLog log, CertainHeaders headers) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LogHeader header = headers.newest(mailbox).filter(found -> !found.gone())
                    .orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
            MailboxState state = new MailboxState(COLUMNS);
            state.fold(first(header));
            if (header.position().number() > 0) {
                log.snapshot(mailbox, header.position().number(), state::fold);
            }
            // A row that is missing, or a snapshot that was replaced meanwhile, shows in the number of rows.
            if (foldRows(mailbox, log, state, header)) {
                state.apply(header.mailbox());
                return new LoadedMailbox(state, header);
            }
        }
        throw new StoreException(Problem.UNAVAILABLE, "mailbox " + mailbox + " does not hold still to be read");
    }

    private static SnapshotChunk first(LogHeader header) {
        return SnapshotChunk.newBuilder()
                .setHeader(MailboxHeader.newBuilder(header.mailbox()).setUidNext(1).setModseq(1).setMessages(0).setBytes(0))
                .build();
    }

    private static boolean foldRows(UUID mailbox, MailboxLog log, MailboxState state, LogHeader header) {
        long from = state.modseq();
        if (header.position().number() > 0 && from != header.position().modseq()) {
            return false;
        }
        Counter<MessageRow> arrivals = new Counter<>(state::apply);
        Counter<Change> changes = new Counter<>(state::apply);
        long uidNext = Integer.toUnsignedLong(state.header().getUidNext());
        log.arrivals(mailbox, uidNext, Integer.toUnsignedLong(header.mailbox().getUidNext()), arrivals);
        log.changes(mailbox, from, header.modseq(), changes);
        return arrivals.count() + changes.count() == header.modseq() - from;
    }
}
