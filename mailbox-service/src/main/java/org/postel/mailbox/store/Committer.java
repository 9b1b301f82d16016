package org.postel.mailbox.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.StoreException;

/**
 * Commits to one mailbox: on condition, as any instance may, or as its sole writer. It becomes that when it commits often and nobody
 * else does. For one caller at a time.
 */
final class Committer {

    private static final Logger LOG = Logger.getLogger(Committer.class);
    /** Commits in a row, each soon after the one before, until it is worth to be alone. */
    private static final int BUSY = 3;
    private static final long SOON_NANOS = Duration.ofSeconds(1).toNanos();
    /** Where several write nobody becomes the sole writer for so long: each time the others would have to wait. */
    private static final long SHARED_NANOS = Duration.ofMinutes(10).toNanos();

    private final UUID mailbox;
    private final LogWriter writer;
    private final MailboxLog log;
    private final Tenures tenures;
    private final TenureEnd end;
    private final Duration lookLasts;
    private int inARow;
    private long lastAt;
    private Optional<UUID> lastTxn = Optional.empty();
    private Optional<Long> sharedAt = Optional.empty();

    /** What the commits of all mailboxes of an instance share. */
    record Ground(LogWriter writer, MailboxLog log, CertainHeaders headers, Tenures tenures, TenureEnd end, Duration lookLasts) {

        /** @param lookLasts how long a sole writer goes by a look at the header; zero: there is none */
        static Ground of(Cql cql, MailboxLog log, LogWriter writer, Duration lookLasts) {
            Tenures tenures = new Tenures(writer);
            TenureEnd end = new TenureEnd(cql, log, lookLasts);
            return new Ground(writer, log, new CertainHeaders(log, tenures, end), tenures, end, lookLasts);
        }

        /** Ends the tenure of whoever has one. */
        void share(UUID mailbox) {
            tenures.find(mailbox).ifPresent(tenures::leave);
            log.tenancy(mailbox).flatMap(LogHeader.Tenancy::tenure).ifPresent(tenure -> end.endOther(mailbox, tenure));
        }
    }

    Committer(UUID mailbox, Ground ground) {
        this.mailbox = mailbox;
        this.writer = ground.writer;
        this.log = ground.log;
        this.tenures = ground.tenures;
        this.end = ground.end;
        this.lookLasts = ground.lookLasts;
    }

    /**
     * Moves the header and appends the rows.
     *
     * @param from  the header that was decided on
     * @param next  where they lead
     * @return the header that is durable; empty when it stood elsewhere: then the log is to be read and the commands are to be decided again
     * @throws StoreException UNAVAILABLE when the outcome could not be learned
     */
    Optional<LogHeader> commit(LogHeader from, LogHeader next, List<LogRow> rows) {
        LogHeader to = next.withTxn(UUID.randomUUID());
        Optional<Tenure> own = tenures.find(mailbox);
        if (own.isPresent()) {
            return Optional.of(to).filter(committed -> alone(own.get(), from, committed, rows));
        }
        if (from.tenancy().tenure().isPresent()) {
            endOther();
            return Optional.empty();
        }
        return onCondition(from, to, rows);
    }

    private void endOther() {
        // What is in memory may tell of a tenure that this instance has left.
        log.tenancy(mailbox).flatMap(LogHeader.Tenancy::tenure).ifPresent(tenure -> {
            sharedAt = Optional.of(System.nanoTime());
            end.endOther(mailbox, tenure);
        });
    }

    private Optional<LogHeader> onCondition(LogHeader from, LogHeader to, List<LogRow> rows) {
        long begun = System.nanoTime();
        count(from, begun);
        if (inARow >= BUSY && !to.gone() && !lookLasts.isZero()) {
            LogHeader alone = to.with(new LogHeader.Tenancy(from.tenancy().epoch() + 1, to.txn(), LogHeader.Ending.NOT));
            if (!writer.begin(mailbox, from.txn(), alone, rows)) {
                return Optional.empty();
            }
            tenures.add(new Tenure(mailbox, alone, begun, lookLasts));
            inARow = 0;
            return Optional.of(alone);
        }
        if (!writer.commit(mailbox, from.txn(), to, rows)) {
            return Optional.empty();
        }
        lastTxn = to.txn();
        lastAt = System.nanoTime();
        return Optional.of(to);
    }

    /** How many commits in a row this will be. */
    private void count(LogHeader from, long now) {
        boolean shared = sharedAt.filter(at -> now - at < SHARED_NANOS).isPresent();
        inARow = !shared && from.txn().equals(lastTxn) && now - lastAt < SOON_NANOS ? inARow + 1 : 0;
    }

    /** False when it was decided on something else than where the tenure stands, or the tenure is over. */
    private boolean alone(Tenure tenure, LogHeader from, LogHeader to, List<LogRow> rows) {
        tenure.lock().lock();
        try {
            if (!tenure.follows(from)) {
                return false;
            }
            if (to.gone()) {
                tenures.forget(tenure);
                return writer.leave(mailbox, tenure.name(), to, rows);
            }
            if (counts(tenure, to, rows)) {
                tenure.committed(to);
                return true;
            }
            if (tenure.isOver()) {
                sharedAt = Optional.of(System.nanoTime());
            }
            // It may have been written all the same, and may still come: what is there once the tenure is over tells.
            tenures.forget(tenure);
            end.endStopped(mailbox, tenure.name());
            return writer.wasApplied(mailbox, to, rows);
        } finally {
            tenure.lock().unlock();
        }
    }

    private boolean counts(Tenure tenure, LogHeader to, List<LogRow> rows) {
        try {
            writer.write(tenure, tenure.nextStamp(), tenure.last(), to, rows);
            return tenure.surelyLasts() || looks(tenure);
        } catch (StoreException e) {
            LOG.debugf("mailbox %s: commit %s: %s", mailbox, to.txn(), e.getMessage());
            return false;
        }
    }

    private boolean looks(Tenure tenure) {
        long asked = System.nanoTime();
        return log.tenancy(mailbox).filter(tenancy -> tenure.seen(tenancy, asked)).isPresent();
    }
}
