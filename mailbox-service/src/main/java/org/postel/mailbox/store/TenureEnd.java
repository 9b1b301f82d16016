package org.postel.mailbox.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Ends the tenure of a sole writer, which may be dead, slow or well. It is closed first: what the writer has on its way counts only if
 * it was answered before. Once that is certain the last commit is read and becomes the header again; then whatever may still come late is
 * removed in advance, by deletions with timestamps above all of the tenure's own; then everybody may commit, on condition. Each step is
 * conditional and may be taken by any instance, so one that dies on the way holds nobody up.
 */
final class TenureEnd {

    /** A look is good for so much less than what others wait: clocks that run apart, and a machine that was held in between. */
    static final int MARGIN = 4;

    private static final Logger LOG = Logger.getLogger(TenureEnd.class);
    private static final int ATTEMPTS = 5;
    private static final String CLOSE = "UPDATE mailbox_log SET ending = 1 WHERE mailbox_id = ? IF tenure = ? AND ending = null";
    private static final String OPEN = "UPDATE mailbox_log SET tenure = null, ending = null WHERE mailbox_id = ? IF tenure = ? AND ending = 2";
    private static final String DROP = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = ? AND position >= ?";

    private final Cql cql;
    private final MailboxLog log;
    private final Duration lookLasts;

    /** @param lookLasts how long a writer goes by a look at the header */
    TenureEnd(Cql cql, MailboxLog log, Duration lookLasts) {
        this.cql = cql;
        this.log = log;
        this.lookLasts = lookLasts;
    }

    /**
     * Ends another instance's tenure, or one that this instance does not know any more; waits until all that was answered is certain.
     *
     * @throws StoreException UNAVAILABLE when it is not over, or that is not known
     */
    void endOther(UUID mailbox, UUID tenure) {
        LOG.infof("mailbox %s: ending the tenure of another writer", mailbox);
        end(mailbox, tenure, lookLasts.multipliedBy(MARGIN));
    }

    /** As {@link #endOther}, of a writer that will answer nothing any more: without the wait. */
    void endStopped(UUID mailbox, UUID tenure) {
        end(mailbox, tenure, Duration.ZERO);
    }

    private void end(UUID mailbox, UUID tenure, Duration wait) {
        try {
            cql.applied(List.of(cql.bind(CLOSE, mailbox, tenure)));
            pause(wait);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (over(mailbox, tenure)) {
                    return;
                }
            }
        } catch (UnknownOutcomeException e) {
            throw new StoreException(Problem.UNAVAILABLE, "the end of a tenure is not known", e);
        }
        throw new StoreException(Problem.UNAVAILABLE, "mailbox " + mailbox + " is still written to by its sole writer");
    }

    private static void pause(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StoreException(Problem.UNAVAILABLE, "interrupted before a tenure was over");
            }
            LockSupport.parkNanos(left);
        }
    }

    /** Takes the next step. */
    private boolean over(UUID mailbox, UUID tenure) throws UnknownOutcomeException {
        LogHeader now = log.serialHeader(mailbox).orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
        if (!now.tenancy().tenure().equals(Optional.of(tenure))) {
            return true;
        }
        switch (now.tenancy().ending()) {
            case NOT -> throw new IllegalStateException("a tenure that was closed is not");
            case CLOSED -> {
                LogHeader end = log.tip(mailbox).map(tip -> whole(mailbox, tip) ? tip.last() : tip.before()).orElse(now);
                cql.applied(List.of(cql.bind(HeaderColumns.DECIDE, HeaderColumns.values(end, end.txn().orElseThrow(), mailbox, tenure))));
            }
            case DECIDED -> {
                long stamp = Tenure.endStamp(now.tenancy().epoch());
                cql.writeTogether(List.of(
                        cql.bind(DROP, mailbox, MailboxLog.MESSAGE, Integer.toUnsignedLong(now.mailbox().getUidNext())),
                        cql.bind(DROP, mailbox, MailboxLog.CHANGE, now.modseq() + 1)), stamp);
                return cql.applied(List.of(cql.bind(OPEN, mailbox, tenure)));
            }
        }
        return false;
    }

    /** Whether all rows of the last commit are there. They are read at quorum, and thus written to it if they were not. */
    private boolean whole(UUID mailbox, Tip tip) {
        LogHeader before = tip.before();
        LogHeader last = tip.last();
        Counter<MessageRow> arrivals = new Counter<>(row -> {});
        Counter<Change> changes = new Counter<>(row -> {});
        log.arrivals(mailbox, Integer.toUnsignedLong(before.mailbox().getUidNext()), Integer.toUnsignedLong(last.mailbox().getUidNext()), arrivals);
        log.changes(mailbox, before.modseq(), last.modseq(), changes);
        return arrivals.count() + changes.count() == last.modseq() - before.modseq();
    }
}
