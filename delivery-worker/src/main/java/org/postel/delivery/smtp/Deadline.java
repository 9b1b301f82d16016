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
    private Opening opening = Opening.UNHURRIED;
    private volatile boolean expired;

    Deadline(Socket socket, Duration total, Opening opening) {
        this.socket = socket;
        this.total = total;
        restart(opening);
        this.guard = Thread.ofVirtual().name("smtp-deadline").start(this::watch);
    }

    /** The total counts from now on, and this beside it. */
    synchronized void restart(Opening next) {
        end = System.nanoTime() + total.toNanos();
        step = end;
        opening = next;
    }

    /**
     * The opening counts no more. It is asked here once more: the guard sleeps, and may not have seen its end yet.
     *
     * @return false when it was over before
     */
    synchronized boolean opened() {
        expired |= opening.over();
        opening = Opening.UNHURRIED;
        return !expired;
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
            for (long left = left(); left > 0; left = left()) {
                Thread.sleep(Math.clamp(left / 1_000_000 + 1, 1, LONGEST_SLEEP));
            }
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is broken already, which is what was wanted.
        }
    }

    private synchronized long left() {
        long left = Math.min(step - System.nanoTime(), opening.left());
        expired |= left <= 0;
        return left;
    }
}
