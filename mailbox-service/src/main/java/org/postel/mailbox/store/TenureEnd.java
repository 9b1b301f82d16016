package org.postel.mailbox.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Ends the tenure of a sole writer, which may be dead, slow or well. It is closed first, which the writer sees at its next look. Once none
 * of its looks can be good any more, the last commit is read and becomes the header again; then whatever may still come late is removed in
 * advance, by deletions with timestamps above all of the tenure's own; then everybody may commit, on condition. Each step may be taken by any
 * instance, also twice, so one that dies on the way holds nobody up.
 */
final class TenureEnd {

    /** Others wait so many times as long as a look is good for: clocks may run apart, and a machine may be held with its clock. */
    private static final int MARGIN = 4;
    private static final Logger LOG = Logger.getLogger(TenureEnd.class);
    private static final int ATTEMPTS = 5;
    private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();
    private static final String CLOSE = "UPDATE mailbox_log SET ending = 1 WHERE mailbox_id = ? IF tenure = ? AND ending = null";
    private static final String OPEN = """
            UPDATE mailbox_log SET tenure = null, tenure_look = null, ending = null WHERE mailbox_id = ? IF tenure = ? AND ending = 2""";
    private static final String DROP = "DELETE FROM mailbox_log WHERE mailbox_id = ? AND kind = ? AND position >= ?";

    private final Cql cql;
    private final MailboxLog log;

    TenureEnd(Cql cql, MailboxLog log) {
        this.cql = cql;
        this.log = log;
    }

    /**
     * Ends another instance's tenure, or one that this instance does not know any more; waits until all that was answered is certain.
     *
     * @throws StoreException UNAVAILABLE when it is not over, or that is not known
     */
    void ofOther(UUID mailbox, LogHeader.Tenancy tenancy) {
        LOG.debugf("mailbox %s: ending the tenure of another writer", mailbox);
        end(mailbox, tenancy.tenure().orElseThrow(), tenancy.look().multipliedBy(MARGIN));
    }

    /** As {@link #ofOther}, of a writer that will answer nothing any more: without the wait. */
    void ofStopped(Tenure tenure) {
        end(tenure.mailbox(), tenure.name(), Duration.ZERO);
    }

    private void end(UUID mailbox, UUID tenure, Duration wait) {
        try {
            cql.applied(List.of(cql.bind(CLOSE, mailbox, tenure)));
            await(mailbox, tenure, wait);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (isOver(mailbox, tenure)) {
                    return;
                }
            }
        } catch (UnknownOutcomeException e) {
            throw new StoreException(Problem.UNAVAILABLE, "the end of a tenure is not known", e);
        }
        throw new StoreException(Problem.UNAVAILABLE, "mailbox " + mailbox + " is still written to by its sole writer");
    }

    /** All of it, also on a thread that is interrupted meanwhile; or until whoever closed it before has gone on. */
    private void await(UUID mailbox, UUID tenure, Duration wait) {
        boolean interrupted = false;
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0 && isClosed(mailbox, tenure); left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE_NANOS));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed(UUID mailbox, UUID tenure) {
        return log.tenancy(mailbox).filter(now -> now.tenure().equals(Optional.of(tenure)) && now.ending() == LogHeader.Ending.CLOSED).isPresent();
    }

    private LogHeader end(UUID mailbox, Tip tip) {
        // Its rows may have been folded just now.
        return log.isWhole(mailbox, tip) || log.header(mailbox).filter(now -> now.position().modseq() >= tip.last().modseq()).isPresent()
                ? tip.last() : tip.before();
    }

    /** Takes the next step. */
    private boolean isOver(UUID mailbox, UUID tenure) throws UnknownOutcomeException {
        FoundHeader found = log.serialFound(mailbox).orElseThrow(() -> new StoreException(Problem.NOT_FOUND, "no such mailbox"));
        LogHeader now = found.header();
        if (!now.tenancy().tenure().equals(Optional.of(tenure))) {
            return true;
        }
        switch (now.tenancy().ending()) {
            case NOT -> throw new IllegalStateException("a tenure that was closed is not");
            case CLOSED -> {
                LogHeader end = found.tip().map(tip -> end(mailbox, tip)).orElse(now);
                cql.applied(List.of(cql.bind(HeaderColumns.DECIDE, HeaderColumns.values(end, end.txn().orElseThrow(), mailbox, tenure))));
            }
            case DECIDED -> {
                cql.writeTogether(List.of(
                        cql.bind(DROP, mailbox, MailboxLog.MESSAGE, Integer.toUnsignedLong(now.mailbox().getUidNext())),
                        cql.bind(DROP, mailbox, MailboxLog.CHANGE, now.modseq() + 1)), Tenure.endStamp(now.tenancy().epoch()));
                return cql.applied(List.of(cql.bind(OPEN, mailbox, tenure)));
            }
        }
        return false;
    }
}
