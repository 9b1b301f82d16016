package org.postel.mailbox.store;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * That this instance is the sole writer of a mailbox, so that its commits need no condition: one write instead of the four of a Paxos
 * round. Others end it in steps ({@link TenureEnd}); a commit counts, and is answered, only if after it was written the tenure had not
 * begun to end. For that the writer looks at the header after its commit, or goes by a look of late: whoever ends a tenure waits longer
 * than a look is good for, before it reads where the commits have led.
 */
final class Tenure {

    /** Commits of one tenure have timestamps of their own, rising, and above those of the tenures before. */
    private static final int COMMITS_BITS = 20;

    private final UUID mailbox;
    private final UUID name;
    private final long epoch;
    private final long lookLasts;
    private final ReentrantLock lock = new ReentrantLock();
    /** On the clock of {@link System#nanoTime}: it had begun by then. */
    private final long begun = System.nanoTime();
    private volatile LogHeader last;
    private volatile long committedAt = begun;
    private long commits;
    // On the same clock: it had not begun to end.
    private volatile long looked;
    private volatile boolean over;

    /**
     * @param first  the header that the commit led to with which it began
     * @param looked before that commit was sent, on the clock of {@link System#nanoTime}
     */
    Tenure(UUID mailbox, LogHeader first, long looked) {
        this.mailbox = mailbox;
        this.name = first.tenancy().tenure().orElseThrow();
        this.epoch = first.tenancy().epoch();
        this.lookLasts = first.tenancy().look().toNanos();
        this.last = first;
        this.looked = looked;
    }

    /** The timestamp of what ends the tenure of an epoch: above all of its own, below those of the next. */
    static long endStamp(long epoch) {
        return epoch + 1 << COMMITS_BITS;
    }

    UUID mailbox() {
        return mailbox;
    }

    UUID name() {
        return name;
    }

    /** Whether nothing is committed under it any more. */
    boolean isOver() {
        return over;
    }

    /** Whoever holds it commits, or ends the tenure; one at a time. */
    ReentrantLock lock() {
        return lock;
    }

    /** Where the last commit led that counts. */
    LogHeader last() {
        return last;
    }

    boolean isIdle(Duration time) {
        return System.nanoTime() - committedAt > time.toNanos();
    }

    /** Whether a commit that was decided on this header may be next; for the holder of the lock. */
    boolean follows(LogHeader from) {
        return !over && from.txn().equals(last.txn());
    }

    /** Whether it has no timestamp left for another commit; for the holder of the lock. */
    boolean isUsedUp() {
        return commits == (1L << COMMITS_BITS) - 1;
    }

    /** The timestamp of the next commit; for the holder of the lock. */
    long nextStamp() {
        commits++;
        return (epoch << COMMITS_BITS) + commits;
    }

    /** A commit counts; for the holder of the lock. */
    void committed(LogHeader to) {
        last = to;
        committedAt = System.nanoTime();
    }

    /** Whether a look of late still tells that it has not ended: now, so also when whatever is done by now was done. */
    boolean surelyLasts() {
        return !over && System.nanoTime() - looked < lookLasts;
    }

    /**
     * The header was read.
     *
     * @param asked before it was read, on the clock of {@link System#nanoTime}
     * @return whether the tenure goes on, as far as that read can tell
     */
    boolean seen(LogHeader.Tenancy tenancy, long asked) {
        if (tenancy.lasts(name)) {
            looked = asked - looked > 0 ? asked : looked;
        } else if (asked - begun > 0) {
            // What was read before it began tells nothing of it.
            over = true;
        }
        return !over;
    }

    void end() {
        over = true;
    }
}
