package org.postel.mailbox.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MessageRow;

/** The state of one mailbox in memory, moved by rows that are durable: own commits, and what the log has from other pods. */
final class OpenMailbox {

    private static final Logger LOG = Logger.getLogger(OpenMailbox.class);
    private static final int ATTEMPTS = 5;
    private static final int MOST_ARRIVED = 1 << 17;

    private final UUID id;
    private final MailboxLog log;
    private final CertainHeaders headers;
    private final LogLimits limits;
    private final int catchUpLimit;
    // Held for moments only, never while the database is asked.
    private final ReentrantLock guard = new ReentrantLock();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final AtomicLong asked = new AtomicLong();
    private long answered;
    private Standing now;
    // On the clock of System.nanoTime(): nothing that was committed before it is missing.
    private long newestAt = System.nanoTime();
    // On the same clock: what was read before it may tell a name that the mailbox has lost.
    private long unnamedAt = newestAt;
    /** The log is known to have reached this MODSEQ. */
    private long atLeast;

    /** @param catchUpLimit rows that are taken from the log one by one; for more the mailbox is loaded anew */
    OpenMailbox(UUID id, MailboxLog log, CertainHeaders headers, LogLimits limits, int catchUpLimit) {
        this.id = id;
        this.log = log;
        this.headers = headers;
        this.limits = limits;
        this.catchUpLimit = catchUpLimit;
        reload();
    }

    UUID id() {
        return id;
    }

    /** Looks at the state; nothing that waits may be done meanwhile, and nothing of the state be kept but copies. */
    <T> T read(Function<Standing, T> look) {
        guard.lock();
        try {
            return look.apply(now);
        } finally {
            guard.unlock();
        }
    }

    LogHeader header() {
        return read(Standing::header);
    }

    /** Makes the state at least as new as what was committed before this call, on whatever pod. Callers share reads. */
    void refresh() {
        long ticket = asked.incrementAndGet();
        refreshing.lock();
        try {
            if (answered < ticket) {
                long upTo = asked.get();
                catchUp();
                answered = upTo;
            }
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * As {@link #refresh}, but for what other pods committed within the last moment.
     *
     * @param modseq that the state must have reached if the log has
     */
    void refresh(Duration moment, long modseq) {
        if (!reaches(System.nanoTime() - moment.toNanos(), modseq)) {
            refresh();
        }
    }

    /** The log was seen at this MODSEQ: a state that is behind does not answer any more. */
    void seen(long modseq) {
        guard.lock();
        try {
            atLeast = Math.max(atLeast, modseq);
        } finally {
            guard.unlock();
        }
    }

    private boolean reaches(long nanoTime, long modseq) {
        guard.lock();
        try {
            return newestAt - nanoTime > 0 && now.header().modseq() >= Math.max(modseq, atLeast);
        } finally {
            guard.unlock();
        }
    }

    /** Takes what others committed. */
    void catchUp() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LogHeader base = header();
            long asking = System.nanoTime();
            LogHeader newest = headers.newest(id, base.txn()).orElse(base);
            if (newest.txn().equals(base.txn())) {
                moveTo(base, newest, asking, List.of(), List.of());
                return;
            }
            long behind = newest.modseq() - base.modseq();
            if (newest.position().logFrom() > base.modseq() || behind > catchUpLimit || behind < 0) {
                reload();
                return;
            }
            if (take(base, newest, asking)) {
                return;
            }
        }
        reload();
    }

    private boolean take(LogHeader base, LogHeader newest, long asking) {
        List<MessageRow> arrivals = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        log.arrivals(id, uidNext(base), uidNext(newest), arrivals::add);
        log.changes(id, base.modseq(), newest.modseq(), changes::add);
        return arrivals.size() + changes.size() == newest.modseq() - base.modseq() && moveTo(base, newest, asking, arrivals, changes);
    }

    private static long uidNext(LogHeader header) {
        return Integer.toUnsignedLong(header.mailbox().getUidNext());
    }

    private void reload() {
        long asking = System.nanoTime();
        LoadedMailbox loaded = LoadedMailbox.load(id, log, headers);
        guard.lock();
        try {
            now = new Standing(loaded.state(), named(loaded.header(), asking), new RecentRows(loaded.header()),
                    new ArrivedIds(uidNext(loaded.header()), MOST_ARRIVED), limits);
            newestAt = asking;
        } finally {
            guard.unlock();
        }
    }

    /**
     * An own commit is durable.
     *
     * @param begun before it was sent, on the clock of {@link System#nanoTime}
     */
    void committed(LogHeader from, LogHeader to, long begun, List<LogRow> rows) {
        seen(to.modseq());
        List<MessageRow> arrivals = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (LogRow row : rows) {
            switch (row) {
                case LogRow.Arrival arrival -> arrivals.add(arrival.message());
                case LogRow.Changed changed -> changes.add(changed.change());
            }
        }
        moveTo(from, to, begun, arrivals, changes);
    }

    /** A row broke a law: what is durable is right, so it is folded again. */
    private void startOver(IllegalStateException broken) {
        LOG.errorf(broken, "mailbox %s: the state in memory is thrown away", id);
        reload();
    }

    /** Does nothing when the state moved meanwhile: then who moved it had read at least as much. */
    private boolean moveTo(LogHeader base, LogHeader next, long newest, List<MessageRow> arrivals, List<Change> changes) {
        try {
            return apply(base, next, newest, arrivals, changes);
        } catch (IllegalStateException e) {
            startOver(e);
            return true;
        }
    }

    private boolean apply(LogHeader base, LogHeader next, long newest, List<MessageRow> arrivals, List<Change> changes) {
        guard.lock();
        try {
            if (!now.header().txn().equals(base.txn())) {
                return false;
            }
            for (MessageRow arrival : arrivals) {
                now.state().apply(arrival);
                now.recent().add(arrival);
                now.arrived().add(arrival);
            }
            for (Change change : changes) {
                now.state().apply(change);
                now.recent().add(change);
            }
            now.state().apply(next.mailbox());
            now = now.after(named(next, newest));
            newestAt = newest - newestAt > 0 ? newest : newestAt;
            return true;
        } finally {
            guard.unlock();
        }
    }

    /** A name counts only if nothing was read later, and the mailbox did not lose it meanwhile. */
    private LogHeader named(LogHeader header, long read) {
        return read - unnamedAt > 0 && read - newestAt >= 0 ? header : header.withoutName();
    }

    /** The mailbox has lost its name, in Cassandra too. */
    void unnamed() {
        guard.lock();
        try {
            unnamedAt = System.nanoTime();
            now = now.after(now.header().withoutName());
        } finally {
            guard.unlock();
        }
    }

    /** A snapshot was published, or the log folded. */
    void at(LogHeader.SnapshotPosition position) {
        guard.lock();
        try {
            now = now.after(now.header().at(position));
        } finally {
            guard.unlock();
        }
    }

    /** About how many octets it takes in memory. */
    long weight() {
        return read(standing -> standing.state().weight() + standing.arrived().weight()) + 64 * 1024;
    }
}
