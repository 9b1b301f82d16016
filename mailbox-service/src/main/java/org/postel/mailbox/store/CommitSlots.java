package org.postel.mailbox.store;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * How many commits of deliveries may be under way at once, in all mailboxes together. A conditional write costs the same for
 * one row and for fifty: while a mailbox waits for its turn its deliveries gather, so under load there are fewer and larger
 * commits. What a person waits for takes no slot.
 */
final class CommitSlots {

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Semaphore free;

    CommitSlots(int slots) {
        this.free = new Semaphore(slots, true);
    }

    /**
     * Runs a commit once there is a slot, or as soon as it has become urgent.
     *
     * @throws StoreException UNAVAILABLE when interrupted
     */
    void run(BooleanSupplier urgent, Runnable commit) {
        boolean taken = false;
        try {
            while (!urgent.getAsBoolean() && !taken) {
                taken = free.tryAcquire(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
            commit.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Problem.UNAVAILABLE, "interrupted before the commit", e);
        } finally {
            if (taken) {
                free.release();
            }
        }
    }
}
