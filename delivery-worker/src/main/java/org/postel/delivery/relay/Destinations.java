package org.postel.delivery.relay;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postel.queue.v1.Failure;

/**
 * How many messages of this worker go to one destination at once, and how fast: up to the limit, half of those in hand each time it
 * asks for less, and where one is too many, with a pause from message to message that doubles each time; after each while half the pause, or one
 * more at once, from ten on twice as many, and half the pause with each message that it takes. A destination is a domain or a mail server, under any name. Entries
 * live only while they are used or below the limit, so their number is bounded by that of the records in hand and of a few minutes.
 */
final class Destinations {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    // Tens of thousands of messages to one destination still get their turn before it is time to give them up.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    /** Fewer in hand say little of how many the destination takes. */
    private static final int FEW = 10;

    private final int limit;
    private final Duration recovery;
    private final Map<String, Slots> destinations = new ConcurrentHashMap<>();

    /** The permits are those that are free of {@code open}; the number of users, and of a recovery, is kept under the map's lock. */
    private static final class Slots extends Semaphore {
        private static final long serialVersionUID = 1L;

        private int users;
        private int open;
        /** How often it was narrowed. */
        private int cuts;
        private Duration pause = Duration.ZERO;
        private Optional<Failure> away = Optional.empty();
        private boolean recovering;
        private long begun;
        private volatile long lastMove = System.nanoTime();

        private Slots(int limit) {
            super(limit, true);
            open = limit;
        }

        /** Whether a message may begin now; then it does. */
        private synchronized boolean begin(BooleanSupplier allowed) {
            if (pauseLeft() > 0 || !allowed.getAsBoolean()) {
                return false;
            }
            begun = System.nanoTime();
            return true;
        }

        /** In nanoseconds, until another message may begin; less than 1: now. */
        private synchronized long pauseLeft() {
            return pause.isZero() ? 0 : pause.toNanos() - (System.nanoTime() - begun);
        }

        private synchronized int cuts() {
            return cuts;
        }

        /**
         * Whether nobody opens it up again yet.
         *
         * @param before the cuts that there were when the message began: what began before the last one says nothing new
         */
        private synchronized boolean narrow(Optional<Failure> turnedAway, int before) {
            away = turnedAway.or(() -> away);
            if (recovering && before < cuts && open > 1) {
                return false;
            }
            cuts++;
            boolean first = !recovering;
            recovering = true;
            int next = Math.max(1, Math.min(open, Math.max(FEW, used())) / 2);
            if (open == 1) {
                Duration twice = pause.multipliedBy(2);
                pause = pause.isZero() ? FIRST_PAUSE : twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            }
            reducePermits(open - next);
            open = next;
            return first;
        }

        /** Places that are taken: right after a cut more than are open. */
        private int used() {
            return open - availablePermits();
        }

        /** Whether it is not yet open as far as it can be. */
        private synchronized boolean widen(int limit) {
            if (!pause.isZero()) {
                pause = half(pause);
            } else if (open < limit) {
                int next = open < FEW ? open + 1 : Math.min(limit, 2 * open);
                release(next - open);
                open = next;
            }
            recovering = narrowed(limit);
            if (!recovering) {
                away = Optional.empty();
            }
            return recovering;
        }

        private synchronized void away(Optional<Failure> failure) {
            away = failure;
        }

        private synchronized Optional<Failure> away() {
            return away;
        }

        private synchronized void took() {
            pause = half(pause);
        }

        private boolean narrowed(int limit) {
            return open < limit || !pause.isZero();
        }
    }

    /** A place; closing it gives it back. */
    final class Place implements AutoCloseable {
        private final String destination;
        private final Slots slots;
        private final int before;

        private Place(String destination, Slots slots) {
            this.destination = destination;
            this.slots = slots;
            this.before = slots.cuts();
        }

        @Override
        public void close() {
            slots.lastMove = System.nanoTime();
            slots.release();
            leave(destination);
        }

        /**
         * The destination asked for less.
         *
         * @param turnedAway with what it turned away a connection, if it was not just a message
         */
        void narrow(Optional<Failure> turnedAway) {
            Destinations.this.narrow(destination, turnedAway, before);
        }

        /** The destination took a message. */
        void took() {
            slots.took();
        }

        /** With what the destination's mail is turned away now, as {@link #away} tells those that find no place; empty where it is not. */
        void away(Optional<Failure> failure) {
            slots.away(failure);
        }
    }

    private static Duration half(Duration pause) {
        return pause.compareTo(FIRST_PAUSE) > 0 ? pause.dividedBy(2) : Duration.ZERO;
    }

    /** @param recovery until a destination that asked for less gets more again */
    Destinations(int limit, Duration recovery) {
        this.limit = limit;
        this.recovery = recovery;
    }

    /**
     * A place, or empty when none became free in time, or a pause ends later than that. Where nobody has come or gone for longer
     * than that nobody waits either: the lane of whoever does is closed to others meanwhile.
     */
    Optional<Place> enter(String destination, Duration patience) throws InterruptedException {
        return enter(destination, patience, () -> true);
    }

    /** @param allowed asked last, when all else is there: whether the message may begin now, and then it counts */
    Optional<Place> enter(String destination, Duration patience, BooleanSupplier allowed) throws InterruptedException {
        Slots slots = use(destination);
        boolean entered = false;
        try {
            long called = System.nanoTime();
            boolean stalls = called - slots.lastMove > patience.toNanos();
            entered = slots.tryAcquire(stalls ? 0 : patience.toMillis(), TimeUnit.MILLISECONDS) && begins(slots, called, patience, allowed);
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

    /** Waits out a pause that ends in time. */
    private static boolean begins(Slots slots, long called, Duration patience, BooleanSupplier allowed) throws InterruptedException {
        boolean begun = false;
        try {
            long left = slots.pauseLeft();
            while (left > 0 && left <= patience.toNanos() - (System.nanoTime() - called)) {
                TimeUnit.NANOSECONDS.sleep(left);
                left = slots.pauseLeft();
            }
            begun = slots.begin(allowed);
            return begun;
        } finally {
            if (!begun) {
                slots.release();
            }
        }
    }

    /** With what a destination that gets less turned a connection away the last time; empty where it did not. */
    Optional<Failure> away(String destination) {
        return Optional.ofNullable(destinations.get(destination)).flatMap(Slots::away);
    }

    /** Places that nobody has, at a destination where the caller has one. */
    int free(String destination) {
        // Below 0 while more are taken than it wants any more.
        return Math.max(0, destinations.get(destination).availablePermits());
    }

    int known() {
        return destinations.size();
    }

    /** The destination asked for less with a message that it was given, and turned away no connection. */
    void narrow(String destination) {
        narrow(destination, Optional.empty(), Integer.MAX_VALUE);
    }

    /** The destination took a message. */
    void took(String destination) {
        Optional.ofNullable(destinations.get(destination)).ifPresent(Slots::took);
    }

    private void narrow(String destination, Optional<Failure> turnedAway, int before) {
        Slots slots = use(destination);
        if (slots.narrow(turnedAway, before)) {
            Thread.ofVirtual().name("destination-recovery").start(() -> recover(destination, slots));
        } else {
            leave(destination);
        }
    }

    private void recover(String destination, Slots slots) {
        try {
            do {
                Thread.sleep(recovery);
            } while (slots.widen(limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave(destination);
        }
    }

    private Slots use(String destination) {
        return destinations.compute(destination, (name, present) -> {
            Slots slots = present == null ? new Slots(limit) : present;
            slots.users++;
            return slots;
        });
    }

    private void leave(String destination) {
        destinations.computeIfPresent(destination, (name, slots) -> --slots.users == 0 ? null : slots);
    }
}
