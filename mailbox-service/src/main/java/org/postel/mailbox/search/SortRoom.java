package org.postel.mailbox.search;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/** The memory for messages that are being ordered, counted in messages; whoever finds none waits for a turn (SAFETY row 33). */
final class SortRoom {

    private static final long LOOK_UP_MILLIS = 50;

    private final int messages;
    private final Semaphore free;

    SortRoom(int messages) {
        this.messages = messages;
        this.free = new Semaphore(messages, true);
    }

    /** Runs some work with room for so many messages: more than there is room for have it alone. */
    void within(int wanted, Progress progress, Runnable work) {
        // From here on a client does not ask another pod.
        progress.tell(new RoaringBitmap());
        int taken = Math.min(wanted, messages);
        take(taken, progress);
        try {
            work.run();
        } finally {
            free.release(taken);
        }
    }

    private void take(int wanted, Progress progress) {
        try {
            while (!free.tryAcquire(wanted, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Problem.UNAVAILABLE, "interrupted");
        }
    }
}
