package org.postel.delivery.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/**
 * Closes a socket when a step, or the whole connection, takes too long. A socket's own time-out starts anew with each octet
 * and knows no limit for writing: a server that drips, or does not read, would hold us for ever.
 */
final class Deadline implements AutoCloseable {

    private static final long LONGEST_SLEEP = 1000;

    private final Socket socket;
    private final Duration total;
    private final Thread guard;
    private volatile long end;
    private volatile long step;
    private volatile boolean expired;

    Deadline(Socket socket, Duration total) {
        this.socket = socket;
        this.total = total;
        restart();
        this.guard = Thread.ofVirtual().name("smtp-deadline").start(this::watch);
    }

    /** The total counts from now on. */
    void restart() {
        end = System.nanoTime() + total.toNanos();
        step = end;
    }

    /** From now on, this much. */
    void within(Duration limit) {
        long at = System.nanoTime() + limit.toNanos();
        step = at - end < 0 ? at : end;
    }

    /** Whether it was this that closed the socket. */
    boolean expired() {
        return expired;
    }

    @Override
    public void close() {
        guard.interrupt();
    }

    private void watch() {
        try {
            for (long left = step - System.nanoTime(); left > 0; left = step - System.nanoTime()) {
                Thread.sleep(Math.clamp(left / 1_000_000 + 1, 1, LONGEST_SLEEP));
            }
            expired = true;
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is broken already, which is what was wanted.
            expired = true;
        }
    }
}
