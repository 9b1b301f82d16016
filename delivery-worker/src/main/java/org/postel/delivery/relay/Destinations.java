package org.postel.delivery.relay;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many connections of this worker go to one destination at once. Entries live only while they are used, so their number
 * is bounded by that of the records in hand.
 */
final class Destinations {

    private final int limit;
    private final Map<String, Slots> destinations = new ConcurrentHashMap<>();

    private static final class Slots {
        private final Semaphore free;
        private int users;
        private volatile long lastMove = System.nanoTime();

        private Slots(int limit) {
            this.free = new Semaphore(limit, true);
        }
    }

    /** A place; closing it gives it back. */
    final class Place implements AutoCloseable {
        private final String destination;
        private final Slots slots;

        private Place(String destination, Slots slots) {
            this.destination = destination;
            this.slots = slots;
        }

        @Override
        public void close() {
            slots.lastMove = System.nanoTime();
            slots.free.release();
            leave(destination);
        }
    }

    Destinations(int limit) {
        this.limit = limit;
    }

    /**
     * A place, or empty when none became free in time. Where nobody has come or gone for longer than that nobody waits either: the
     * lane of whoever does is closed to others meanwhile.
     */
    Optional<Place> enter(String destination, Duration patience) throws InterruptedException {
        Slots slots = destinations.compute(destination, (name, present) -> {
            Slots entry = present == null ? new Slots(limit) : present;
            entry.users++;
            return entry;
        });
        boolean entered = false;
        try {
            boolean stalls = System.nanoTime() - slots.lastMove > patience.toNanos();
            entered = slots.free.tryAcquire(stalls ? 0 : patience.toMillis(), TimeUnit.MILLISECONDS);
            if (entered) {
                slots.lastMove = System.nanoTime();
            }
            return entered ? Optional.of(new Place(destination, slots)) : Optional.empty();
        } finally {
            if (!entered) {
                leave(destination);
            }
        }
    }

    int known() {
        return destinations.size();
    }

    private void leave(String destination) {
        destinations.computeIfPresent(destination, (name, slots) -> --slots.users == 0 ? null : slots);
    }
}
