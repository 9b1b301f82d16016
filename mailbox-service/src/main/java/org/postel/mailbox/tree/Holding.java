package org.postel.mailbox.tree;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quotas.Room;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * What an account with a limit holds as far as this instance knows: what was summed, what came here since then, and what was promised
 * room and is on its way. Room counts from its promise on, whatever is summed meanwhile.
 */
final class Holding {

    private static final Quota.Held NOTHING = new Quota.Held(0, 0);
    private static final Quota.Held SMALLEST = new Quota.Held(1, 1);
    private static final long GOOD_NANOS = Duration.ofSeconds(30).toNanos();
    /** A full account is summed no more often, unless something went. */
    private static final long FULL_NANOS = Duration.ofSeconds(1).toNanos();
    /** Where less than this part of a limit is left, others may use it up within the time that a sum is good for. */
    private static final int SPARE_PART = 10;

    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Quota.Held> summed = Optional.empty();
    private long summedAt;
    private Quota.Held coming = NOTHING;
    private Quota.Held since = NOTHING;
    private volatile boolean freed;

    /** @param clock as {@link System#nanoTime} */
    Holding(LongSupplier clock) {
        this.clock = clock;
    }

    /** Promises room; throws OVER_QUOTA where there is none. */
    Room admit(Quota limits, Quota.Held more, Supplier<Quota.Held> sum) {
        lock.lock();
        try {
            check(limits, more, sum);
            coming = coming.plus(more.bytes(), more.messages());
        } finally {
            lock.unlock();
        }
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                arrived(more);
            }
        };
    }

    /** Whether it came or not: what did not is forgotten with the next sum, which is made before anything is refused. */
    private void arrived(Quota.Held more) {
        lock.lock();
        try {
            coming = coming.plus(-more.bytes(), -more.messages());
            since = since.plus(more.bytes(), more.messages());
        } finally {
            lock.unlock();
        }
    }

    /** Throws OVER_QUOTA where there is no room. */
    void check(Quota limits, Quota.Held more, Supplier<Quota.Held> sum) {
        lock.lock();
        try {
            renew(limits, more, sum);
            if (!fits(limits, more)) {
                throw new StoreException(Problem.OVER_QUOTA, "the account is full");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Octets that one more message may have; empty while another thread is at it, which may take as long as a sum. */
    OptionalLong room(Quota limits, Supplier<Quota.Held> sum) {
        if (!lock.tryLock()) {
            return OptionalLong.empty();
        }
        try {
            renew(limits, SMALLEST, sum);
            return OptionalLong.of(fits(limits, SMALLEST) ? limits.bytes().orElse(Long.MAX_VALUE) - all().bytes() : 0);
        } finally {
            lock.unlock();
        }
    }

    private void renew(Quota limits, Quota.Held more, Supplier<Quota.Held> sum) {
        if (age() > GOOD_NANOS || !fits(limits, more) && mayHaveChanged() || age() > FULL_NANOS && isNear(limits, more)) {
            sum(sum);
        }
    }

    private long age() {
        return summed.isEmpty() ? Long.MAX_VALUE : clock.getAsLong() - summedAt;
    }

    private boolean isNear(Quota limits, Quota.Held more) {
        return !fits(limits, more.plus(limits.bytes().orElse(0) / SPARE_PART, limits.messages().orElse(0) / SPARE_PART));
    }

    private boolean mayHaveChanged() {
        return freed || !since.equals(NOTHING) || age() > FULL_NANOS;
    }

    private boolean fits(Quota limits, Quota.Held more) {
        return limits.admits(all().plus(more.bytes(), more.messages()));
    }

    private Quota.Held all() {
        return summed.orElse(NOTHING).plus(since.bytes() + coming.bytes(), since.messages() + coming.messages());
    }

    private void sum(Supplier<Quota.Held> sum) {
        freed = false;
        long begun = clock.getAsLong();
        summed = Optional.of(sum.get());
        // Of the moment at which it began, and only once it is there: one that failed makes no older one good.
        summedAt = begun;
        since = NOTHING;
    }

    /** Something went here: the sum is too high. */
    void freed() {
        freed = true;
    }
}
