package org.postel.mailbox.store;

import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Mailboxes that a backup brought back. What they gave after it was taken they would give again: a UID to another message under the
 * same UIDVALIDITY (RFC 9051 §2.3.1.1), a MODSEQ to another change (RFC 7162 §3.1). So each goes on beyond all that, with its
 * messages, their UIDs and its UIDVALIDITY. Every message counts as changed, and the log as out of reach from before: a client that
 * knows the mailbox as it was at any moment is told which UIDs are not there, and the flags of all that are.
 */
public final class RestoredMailboxes {

    /** UIDs that are left out: more messages than come to one mailbox between a backup and its loss. */
    static final long UIDS = 1L << 20;
    /** MODSEQs that are left out: fifty days of a thousand changes a second. */
    static final long MODSEQS = 1L << 32;
    private static final int ATTEMPTS = 5;

    private final MailboxStore store;
    private final SnapshotWriter snapshots;

    public RestoredMailboxes(Cql cql, MailboxStore store) {
        this.store = store;
        this.snapshots = new SnapshotWriter(cql, store.log());
    }

    /**
     * Lets a mailbox go on; done twice it leaves out twice as much.
     *
     * @throws StoreException NOT_FOUND when there is no such mailbox of the account, UNAVAILABLE
     */
    public void advance(UUID account, UUID mailbox) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (advanced(account, mailbox)) {
                return;
            }
        }
        throw new StoreException(Problem.UNAVAILABLE, "mailbox " + mailbox + " does not hold still");
    }

    private boolean advanced(UUID account, UUID mailbox) {
        store.share(mailbox);
        OpenMailbox opened = store.fresh(account, mailbox).mailbox();
        LogHeader from = store.log().header(mailbox).orElseThrow();
        Optional<MailboxState> before = opened.read(now -> Optional.of(now).filter(seen -> seen.header().txn().equals(from.txn()))
                .map(seen -> seen.state().copy()));
        return before.isPresent() && begun(mailbox, from, before.get());
    }

    private boolean begun(UUID mailbox, LogHeader from, MailboxState state) {
        MailboxHeader beyond = beyond(from.mailbox());
        state.apply(Change.newBuilder().setModseq(beyond.getModseq()).setUids(UidSet.toBytes(state.uids().clone())).setAdded(Flags.getDefaultInstance()).build());
        state.apply(beyond);
        LogHeader to = from.with(beyond).withTxn(UUID.randomUUID());
        try {
            return snapshots.begin(mailbox, from, to, state);
        } catch (UnknownOutcomeException e) {
            return store.log().serialHeader(mailbox).orElseThrow().txn().equals(to.txn());
        } finally {
            store.forget(mailbox);
        }
    }

    /** A mailbox that runs out of UIDs gives none any more, rather than one for the second time. */
    private static MailboxHeader beyond(MailboxHeader header) {
        long uidNext = Math.min(Integer.toUnsignedLong(header.getUidNext()) + UIDS, Arrive.LAST_UID);
        return header.toBuilder().setUidNext((int) uidNext).setModseq(header.getModseq() + MODSEQS).build();
    }
}
