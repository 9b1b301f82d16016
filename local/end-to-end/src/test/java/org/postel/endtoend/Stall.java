package org.postel.endtoend;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server's way to accept connections and never come to the greeting, until it is over. */
final class Stall {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** A greeting that is well formed, and has no end (RFC 5321 §4.2). */
    private static final byte[] ENDLESS = "220-remote.example.org says hello\r\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean drips;
    private final CountDownLatch over;
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();

    private Stall(boolean drips, int over) {
        this.drips = drips;
        this.over = new CountDownLatch(over);
    }

    /** A server that greets at once. */
    static Stall none() {
        return new Stall(false, 0);
    }

    /** A server that says nothing. */
    static Stall silent() {
        return new Stall(false, 1);
    }

    /** A server that says one octet a second. */
    static Stall dripping() {
        return new Stall(true, 1);
    }

    /** Returns when the stall was over before this client came. */
    void of(Socket client) throws IOException {
        if (isOver()) {
            return;
        }
        stalled.add(client);
        try {
            for (int i = 0; !over.await(1, TimeUnit.SECONDS); i++) {
                if (drips) {
                    client.getOutputStream().write(ENDLESS[i % ENDLESS.length]);
                }
            }
        } catch (SocketException hungUp) {
            lost.incrementAndGet();
            throw hungUp;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            stalled.remove(client);
        }
        throw new SocketException("The server starts anew");
    }

    /** From now on clients are greeted; those that waited are hung up on, as by a server that starts anew. */
    void end() {
        over.countDown();
    }

    /** Waits until that many clients wait at once. */
    void await(int clients, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (stalled.size() < clients) {
            if (System.nanoTime() > end) {
                throw new AssertionError(stalled.size() + " clients wait instead of " + clients);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** How many clients wait now. */
    int waiting() {
        return stalled.size();
    }

    /** How many clients hung up, as far as the server could see it. */
    int lost() {
        return lost.get();
    }

    private boolean isOver() {
        return over.getCount() == 0;
    }
}
