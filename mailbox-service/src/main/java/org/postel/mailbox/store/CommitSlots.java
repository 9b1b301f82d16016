package org.postel.mailbox.store;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * Lets commits of deliveries begin in the order they came, only so many at once in all mailboxes together. A conditional write
 * costs the same for one row and for fifty: while a mailbox waits for its turn its deliveries gather, so under load there are
 * fewer and larger commits. What a person waits for does not wait here.
 *
 * <p>How many are right depends on the load: {@link CommitPace} finds it out from how long they wait.
 */
final class CommitSlots {

    private final CommitPace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Turn> line = new LinkedHashSet<>();
    private int taken;

    CommitSlots(CommitPace pace) {
        this.pace = pace;
    }

    /** Joins the line. To be followed by {@link Turn#await} and, when the commit is over, {@link Turn#end}. */
    Turn enter() {
        Turn turn = new Turn();
        lock.lock();
        try {
            line.add(turn);
            grant();
        } finally {
            lock.unlock();
        }
        return turn;
    }

    private void grant() {
        for (Iterator<Turn> first = line.iterator(); taken < pace.slots() && first.hasNext(); taken++) {
            Turn next = first.next();
            first.remove();
            pace.waited(System.nanoTime() - next.entered);
            next.slot.complete(true);
        }
    }

    private void free() {
        lock.lock();
        try {
            taken--;
            grant();
        } finally {
            lock.unlock();
        }
    }

    /** One commit's place in the line. */
    final class Turn {

        /** Whether it has a slot, or goes without. */
        private final CompletableFuture<Boolean> slot = new CompletableFuture<>();
        private final long entered = System.nanoTime();

        /** Goes at once, without a slot, if it still waits. */
        void hurry() {
            lock.lock();
            try {
                if (line.remove(this)) {
                    slot.complete(false);
                }
            } finally {
                lock.unlock();
            }
        }

        /**
         * Waits until it may begin.
         *
         * @throws StoreException UNAVAILABLE when interrupted; then the turn is over
         */
        void await() {
            try {
                while (!granted()) {
                    goBeside();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                hurry();
                if (slot.join()) {
                    free();
                }
                throw new StoreException(Problem.UNAVAILABLE, "interrupted before the commit", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean granted() throws InterruptedException, ExecutionException {
            try {
                slot.get(pace.stalled(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            }
        }

        /** Takes a slot of its own, if there may be one more. */
        private void goBeside() {
            lock.lock();
            try {
                if (taken < pace.most() && line.remove(this)) {
                    taken++;
                    slot.complete(true);
                }
            } finally {
                lock.unlock();
            }
        }

        /** The commit is over, well or not. */
        void end() {
            if (slot.join()) {
                free();
            }
        }
    }
}
