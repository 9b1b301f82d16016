package org.postel.mailbox.store;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.StoreException;

/**
 * Commits to one mailbox: on condition, as any instance may, or as its sole writer. It becomes that when it commits twice in a row
 * within seconds. For one caller at a time.
 */
final class Committer {

    private static final Logger LOG = Logger.getLogger(Committer.class);
    /**
     * With a second commit within this time an instance becomes the sole writer. That costs one conditional write more, when it leaves the
     * mailbox; some two or three commits without a condition save as much, and who commits twice so soon mostly goes on.
     */
    private static final long SOON_NANOS = Duration.ofSeconds(5).toNanos();

    private final UUID mailbox;
    private final Ground ground;
    private long lastAt;
    private Optional<UUID> lastTxn = Optional.empty();

    /**
     * What the commits of all mailboxes of an instance share.
     *
     * @param mayBeAlone whether it may be the sole writer of a mailbox
     * @param look       how old a look at the header may be that a sole writer relies on, whole milliseconds
     */
    record Ground(LogWriter writer, MailboxLog log, CertainHeaders headers, Tenures tenures, TenureEnd end, boolean mayBeAlone, Duration look) {

        static Ground of(Cql cql, MailboxLog log, LogWriter writer, boolean mayBeAlone, Duration look) {
            Tenures tenures = new Tenures(writer);
            TenureEnd end = new TenureEnd(cql, log);
            // Whoever ends a tenure is told it in milliseconds, and must not wait for less.
            return new Ground(writer, log, new CertainHeaders(log, tenures, end), tenures, end, mayBeAlone, look.truncatedTo(ChronoUnit.MILLIS));
        }

        /** Ends the tenure of whoever has one. */
        void share(UUID mailbox) {
            tenures.find(mailbox).ifPresent(tenures::leave);
            log.tenancy(mailbox).filter(tenancy -> tenancy.tenure().isPresent()).ifPresent(tenancy -> end.ofOther(mailbox, tenancy));
        }
    }

    Committer(UUID mailbox, Ground ground) {
        this.mailbox = mailbox;
        this.ground = ground;
    }

    /** Whether a header tells of another writer: then nothing can be committed before {@link #endOther}. */
    boolean hasOther(LogHeader now) {
        return now.tenancy().tenure().isPresent() && ground.tenures.find(mailbox).isEmpty();
    }

    /**
     * Ends the tenure of another writer; may take seconds. After it the log is to be read before anything is decided.
     *
     * @throws StoreException UNAVAILABLE when it did not end
     */
    void endOther() {
        ground.tenures.awaitLeft(mailbox);
        // What is in memory may tell of a tenure that this instance has left.
        ground.log.tenancy(mailbox).filter(tenancy -> tenancy.tenure().isPresent()).ifPresent(tenancy -> {
            ground.tenures.markShared(mailbox);
            ground.end.ofOther(mailbox, tenancy);
        });
    }

    /**
     * Moves the header and appends the rows.
     *
     * @param from the header that was decided on
     * @param next where they lead
     * @return the header that is durable; empty when it stood elsewhere, or has another writer: then the log is to be read first
     * @throws StoreException UNAVAILABLE when the outcome could not be learned
     */
    Optional<LogHeader> commit(LogHeader from, LogHeader next, List<LogRow> rows) {
        LogHeader to = next.withTxn(UUID.randomUUID());
        Optional<Tenure> own = ground.tenures.find(mailbox);
        if (own.isPresent()) {
            return Optional.of(to).filter(committed -> commitAlone(own.get(), from, committed, rows));
        }
        return from.tenancy().tenure().isPresent() ? Optional.empty() : commitOnCondition(from, to, rows);
    }

    private Optional<LogHeader> commitOnCondition(LogHeader from, LogHeader to, List<LogRow> rows) {
        long begun = System.nanoTime();
        boolean busy = from.txn().equals(lastTxn) && begun - lastAt < SOON_NANOS;
        if (busy && ground.mayBeAlone && !to.gone() && ground.tenures.mayBegin(mailbox)) {
            LogHeader first = to.with(new LogHeader.Tenancy(from.tenancy().epoch() + 1, to.txn(), ground.look, LogHeader.Ending.NOT));
            if (!ground.writer.begin(mailbox, from.txn(), first, rows)) {
                return Optional.empty();
            }
            ground.tenures.begin(new Tenure(mailbox, first, begun));
            return Optional.of(first);
        }
        if (!ground.writer.commit(mailbox, from.txn(), to, rows)) {
            return Optional.empty();
        }
        lastTxn = to.txn();
        lastAt = System.nanoTime();
        return Optional.of(to);
    }

    /** False when it was decided on something else than where the tenure stands, or the tenure is over. */
    private boolean commitAlone(Tenure tenure, LogHeader from, LogHeader to, List<LogRow> rows) {
        tenure.lock().lock();
        try {
            if (tenure.isUsedUp()) {
                ground.tenures.leave(tenure);
            }
            if (!tenure.follows(from)) {
                return false;
            }
            return to.gone() ? commitLast(tenure, to, rows) : commitNext(tenure, to, rows);
        } finally {
            tenure.lock().unlock();
        }
    }

    private boolean commitLast(Tenure tenure, LogHeader to, List<LogRow> rows) {
        tenure.end();
        try {
            return ground.writer.leave(mailbox, tenure.name(), to, rows);
        } finally {
            ground.tenures.forget(tenure);
        }
    }

    private boolean commitNext(Tenure tenure, LogHeader to, List<LogRow> rows) {
        boolean counts = false;
        try {
            counts = counts(tenure, to, rows);
            if (counts) {
                tenure.committed(to);
                return true;
            }
            // It may have been written all the same, and may still come: what is there once the tenure is over tells.
            tenure.end();
            ground.end.ofStopped(tenure);
            return ground.writer.wasApplied(mailbox, to, rows);
        } finally {
            // What was written and is not known must have no successor.
            if (!counts) {
                ground.tenures.forget(tenure);
            }
        }
    }

    private boolean counts(Tenure tenure, LogHeader to, List<LogRow> rows) {
        try {
            ground.writer.write(tenure, to, rows);
            return tenure.surelyLasts() || looks(tenure);
        } catch (RuntimeException e) {
            LOG.debugf("mailbox %s: commit %s: %s", mailbox, to.txn(), e.getMessage());
            return false;
        }
    }

    private boolean looks(Tenure tenure) {
        long asked = System.nanoTime();
        boolean lasts = ground.log.tenancy(mailbox).filter(tenancy -> tenure.seen(tenancy, asked)).isPresent();
        if (!lasts) {
            ground.tenures.markShared(mailbox);
        }
        return lasts;
    }
}
