package org.postel.mailbox.store;

import java.time.Duration;
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
 * @param tenancy  who may commit
 */
record LogHeader(MailboxHeader mailbox, UUID account, long fence, boolean gone, Optional<UUID> txn, Optional<String> name,
        SnapshotPosition position, Tenancy tenancy) {

    /**
     * @param number  of the newest snapshot; 0 for none
     * @param last    the highest number that somebody took for a snapshot
     * @param modseq  that the newest snapshot folds
     * @param logFrom changes up to this MODSEQ are not in the log any more, or do not lead to what is there now
     */
    record SnapshotPosition(long number, long last, long modseq, long logFrom) {}

    /**
     * Who may commit: everybody, each on condition, or a sole writer without.
     *
     * @param epoch  tenures that began so far
     * @param tenure of the sole writer, named by the commit that began it; empty: everybody
     * @param look   how long that writer goes by a look at this
     * @param ending how far its end is
     */
    record Tenancy(long epoch, Optional<UUID> tenure, Duration look, Ending ending) {

        /** As every mailbox begins. */
        static final Tenancy NONE = new Tenancy(0, Optional.empty(), Duration.ZERO, Ending.NOT);

        /** Whether this writer may go on. */
        boolean lasts(UUID writer) {
            return ending == Ending.NOT && tenure.equals(Optional.of(writer));
        }
    }

    /** Steps of the end of a tenure. */
    enum Ending {
        NOT,
        /** The writer stops at its next look. */
        CLOSED,
        /** Which commit is the last is decided. */
        DECIDED
    }

    long modseq() {
        return mailbox.getModseq();
    }

    LogHeader with(MailboxHeader next) {
        return new LogHeader(next, account, fence, gone, txn, Optional.empty(), position, tenancy);
    }

    LogHeader withFence(long token) {
        return new LogHeader(mailbox, account, token, gone, txn, Optional.empty(), position, tenancy);
    }

    LogHeader withGone() {
        return new LogHeader(mailbox, account, fence, true, txn, Optional.empty(), position, tenancy);
    }

    LogHeader withTxn(UUID next) {
        return new LogHeader(mailbox, account, fence, gone, Optional.of(next), Optional.empty(), position, tenancy);
    }

    LogHeader withoutName() {
        return new LogHeader(mailbox, account, fence, gone, txn, Optional.empty(), position, tenancy);
    }

    LogHeader at(SnapshotPosition next) {
        return new LogHeader(mailbox, account, fence, gone, txn, name, next, tenancy);
    }

    /** This one, after the commit that led to another. */
    LogHeader movedTo(LogHeader next) {
        return new LogHeader(next.mailbox, account, next.fence, next.gone, next.txn, name, position, tenancy);
    }

    LogHeader with(Tenancy next) {
        return new LogHeader(mailbox, account, fence, gone, txn, name, position, next);
    }
}
