package org.postel.mailbox.store;

import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.api.v1.MailboxHeader;

/**
 * The static columns of a mailbox's partition.
 *
 * @param mailbox  what a client may know of it
 * @param account  whose it is
 * @param fence    the highest fencing token of its maildrop
 * @param gone     it was deleted
 * @param txn      names the commit that led here; empty before the first
 * @param name     that the mailbox has in the tree; empty when it must be asked, as after a commit, which does not read it
 * @param position of the snapshot, and where the log begins
 */
record LogHeader(MailboxHeader mailbox, UUID account, long fence, boolean gone, Optional<UUID> txn, Optional<String> name,
        SnapshotPosition position) {

    /**
     * @param number  of the newest snapshot; 0 for none
     * @param last    the highest number that somebody took for a snapshot
     * @param modseq  that the newest snapshot folds
     * @param logFrom changes up to this MODSEQ are not in the log any more, or do not lead to what is there now
     */
    record SnapshotPosition(long number, long last, long modseq, long logFrom) {}

    long modseq() {
        return mailbox.getModseq();
    }

    LogHeader with(MailboxHeader next) {
        return new LogHeader(next, account, fence, gone, txn, Optional.empty(), position);
    }

    LogHeader withFence(long token) {
        return new LogHeader(mailbox, account, token, gone, txn, Optional.empty(), position);
    }

    LogHeader withGone() {
        return new LogHeader(mailbox, account, fence, true, txn, Optional.empty(), position);
    }

    LogHeader withTxn(UUID next) {
        return new LogHeader(mailbox, account, fence, gone, Optional.of(next), Optional.empty(), position);
    }

    LogHeader withoutName() {
        return new LogHeader(mailbox, account, fence, gone, txn, Optional.empty(), position);
    }

    LogHeader at(SnapshotPosition next) {
        return new LogHeader(mailbox, account, fence, gone, txn, name, next);
    }
}
