package org.postel.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections of one listener: each until its socket is closed and its thread has ended. */
final class OpenConnections {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    // How many of the two, socket and thread, are still there.
    private final Map<SocketConnection, Integer> parts = new HashMap<>();
    private boolean draining;

    /** Counts the socket, or the thread, of a connection in. */
    void add(SocketConnection connection) {
        lock.lock();
        try {
            parts.merge(connection, 1, Integer::sum);
            if (draining) {
                connection.drain();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(SocketConnection connection) {
        lock.lock();
        try {
            parts.computeIfPresent(connection, (key, left) -> left == 1 ? null : left - 1);
            if (parts.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those there are; one that comes now is told at once that the process is on its way out. */
    List<SocketConnection> last() {
        lock.lock();
        try {
            draining = true;
            return List.copyOf(parts.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all have ended; false when that took too long. */
    boolean awaitNone(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!parts.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
            return parts.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
