package org.postel.mailbox.search;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * The memory for messages that are being ordered, counted in messages; whoever finds none waits for a turn (SAFETY row 33). An account
 * orders one set at a time, and a quarter of the room is for small sets: large ones wait for each other and hold up nobody else.
 */
final class SortRoom {

    private static final long LOOK_UP_MILLIS = 50;
    private static final int PARTS = 4;

    private final Lane large;
    private final Lane small;
    private final int smallest;
    private final Map<UUID, Turn> turns = new ConcurrentHashMap<>();

    private record Lane(int messages, Semaphore free) {

        Lane(int messages) {
            this(Math.max(1, messages), new Semaphore(Math.max(1, messages), true));
        }
    }

    /** Of an account; {@code users} are those that have it or wait for it. */
    private record Turn(Semaphore free, int users) {

        Turn used(int more) {
            return new Turn(free, users + more);
        }
    }

    SortRoom(int messages) {
        this.small = new Lane(messages / PARTS);
        this.large = new Lane(messages - messages / PARTS);
        // So that several accounts have room there.
        this.smallest = messages / PARTS / PARTS;
    }

    /** Runs some work with room for so many messages: more than there is room for have it alone. */
    void within(UUID account, int wanted, Progress progress, Runnable work) {
        // From here on a client does not ask another pod.
        progress.tell(new RoaringBitmap());
        Turn turn = turns.compute(account, (id, before) -> before == null ? new Turn(new Semaphore(1, true), 1) : before.used(1));
        try {
            take(turn.free, 1, progress);
            try {
                inLane(wanted <= smallest ? small : large, wanted, progress, work);
            } finally {
                turn.free.release();
            }
        } finally {
            turns.compute(account, (id, now) -> now.users == 1 ? null : now.used(-1));
        }
    }

    private static void inLane(Lane lane, int wanted, Progress progress, Runnable work) {
        int taken = Math.min(wanted, lane.messages);
        take(lane.free, taken, progress);
        try {
            work.run();
        } finally {
            lane.free.release(taken);
        }
    }

    private static void take(Semaphore free, int wanted, Progress progress) {
        try {
            while (!free.tryAcquire(wanted, LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Problem.UNAVAILABLE, "interrupted");
        }
    }

    /** How many accounts have a turn or wait for one. */
    int accounts() {
        return turns.size();
    }
}
