package org.postel.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The octets that all connections of a process together may hold in memory. Who finds it used up waits, and does not read
 * its socket meanwhile. First come, first served.
 */
public final class ByteBudget {

    private final int size;
    private final Semaphore free;

    /** @param size octets in all */
    public ByteBudget(int size) {
        this.size = size;
        this.free = new Semaphore(size, true);
    }

    /**
     * Takes octets out of the budget; the caller gives them back with {@link #release}.
     *
     * @param octets at most the whole budget
     * @return false when they did not become free in time
     */
    public boolean acquire(int octets, Duration timeout) {
        if (octets > size) {
            throw new IllegalArgumentException(octets + " octets out of a budget of " + size);
        }
        try {
            return free.tryAcquire(octets, timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives octets back. */
    public void release(int octets) {
        free.release(octets);
    }

    /** Octets not taken. */
    public int available() {
        return free.availablePermits();
    }
}
