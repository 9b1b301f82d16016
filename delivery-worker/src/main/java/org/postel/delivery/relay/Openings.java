package org.postel.delivery.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.postel.delivery.smtp.Opening;

/**
 * How long messages wait in lanes that others wait for: a moment each, and some of them up to a limit. So however many servers
 * say nothing, no more lanes than these stand still for longer than the moment.
 */
public final class Openings {

    /** Longer than any message is tried. */
    private static final Duration UNLIMITED = Duration.ofDays(365);

    private final Duration moment;
    private final Duration limit;
    private final Semaphore waiting;

    /**
     * @param moment that everybody may wait
     * @param limit that some may
     * @param waiting how many
     */
    public Openings(Duration moment, Duration limit, int waiting) {
        this.moment = moment;
        this.limit = limit;
        this.waiting = new Semaphore(waiting);
    }

    /** Where nobody waits behind them: the RFC's limits hold and no others. */
    static Openings unhurried() {
        return new Openings(UNLIMITED, UNLIMITED, 0);
    }

    /** Of a message that begins now. */
    Hurry begin() {
        return new Hurry();
    }

    /** A question to our own store. */
    @FunctionalInterface
    interface Store<T> {
        T get() throws IOException;
    }

    /** One message's; its place among those that wait is free when it is closed. */
    final class Hurry implements Opening, AutoCloseable {
        private final long begun = System.nanoTime();
        private boolean waits;
        private boolean over;
        private boolean talked;
        private long talkedAfter;
        private boolean asking;
        private long askedAt;
        private long ours;

        private Hurry() {
        }

        @Override
        public synchronized long left() {
            long passed = passed();
            if (!over && passed >= moment.toNanos()) {
                waits = waits || waiting.tryAcquire();
                over = !waits || passed >= limit.toNanos();
            }
            return over ? 0 : (waits ? limit : moment).toNanos() - passed;
        }

        @Override
        public synchronized void talks() {
            talked = true;
            talkedAfter = passed();
        }

        /** Whether a connection was open, and it was the message's turn. */
        synchronized boolean talked() {
            return talked;
        }

        /** Since the last connection was there; nothing without one. */
        synchronized Duration took() {
            return talked ? Duration.ofNanos(passed() - talkedAfter) : Duration.ZERO;
        }

        /** Asks our own store: however long it takes, that is not the destination's time. */
        <T> T aside(Store<T> store) throws IOException {
            stop();
            try {
                return store.get();
            } finally {
                goOn();
            }
        }

        /** Whether somebody found that it was over. */
        synchronized boolean ranOut() {
            return over;
        }

        @Override
        public synchronized void close() {
            over = true;
            if (waits) {
                waits = false;
                waiting.release();
            }
        }

        @Override
        public synchronized void stop() {
            askedAt = System.nanoTime();
            asking = true;
        }

        @Override
        public synchronized void goOn() {
            ours += System.nanoTime() - askedAt;
            asking = false;
        }

        private long passed() {
            return (asking ? askedAt : System.nanoTime()) - begun - ours;
        }
    }
}
