package org.postel.mailbox.store;

import java.util.List;
import java.util.Optional;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.Known;
import org.postel.mailbox.api.v1.MailboxHeader;

/**
 * What happened in a mailbox after a MODSEQ.
 *
 * @param since  what the asker knows
 * @param header that it leads to
 * @param rows   empty when memory does not reach back so far, and they must be read from the log
 */
record Happened(Known since, LogHeader header, Optional<List<RecentRows.Recent>> rows) {

    /** Octets of rows that come along with the answer to a write. */
    private static final int ALONG = 64 << 10;

    static Happened since(Known known, Standing now) {
        return new Happened(known, now.header(), now.recent().since(known.getModseq()));
    }

    /** Whether no rows lead there: the asker must open the mailbox anew. */
    boolean outOfReach() {
        return header.mailbox().getUidValidity() != since.getUidValidity() || since.getModseq() > header.modseq()
                || since.getModseq() < header.position().logFrom();
    }

    /** Whether one answer of bounded size can tell it, without a read. */
    boolean isLittle() {
        return rows.isPresent() && rows.get().stream().mapToLong(RecentRows.Recent::octets).sum() <= ALONG;
    }

    /**
     * As one chunk to come along with the answer to a write that is part of it. Empty when a call of its own must tell it:
     * it is too much, or messages are new, which the asker has to claim.
     *
     * @param modseq of that write
     */
    Optional<ChangesChunk> along(long modseq) {
        MailboxHeader to = header.mailbox();
        if (header.gone() || outOfReach() || rows.isEmpty() || header.modseq() < modseq || to.getRecentFrom() != to.getUidNext()) {
            return Optional.empty();
        }
        ChangesChunk.Builder chunk = ChangesChunk.newBuilder().setHeader(to);
        rows.get().forEach(row -> {
            row.arrival().ifPresent(chunk::addArrivals);
            row.change().ifPresent(chunk::addChanges);
        });
        ChangesChunk whole = chunk.build();
        return whole.getSerializedSize() > ALONG ? Optional.empty() : Optional.of(whole);
    }
}
