package org.postel.endtoend;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A server's way to accept connections and never come to the greeting, until it is over. */
final class Stall {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** Milliseconds between two octets. */
    private static final int DRIP = 1000;
    /** A greeting that is well formed, and has no end (RFC 5321 §4.2). */
    private static final byte[] ENDLESS = "220-remote.example.org says hello\r\n".getBytes(StandardCharsets.US_ASCII);

    private final boolean drips;
    private final CountDownLatch over;
    private final Set<Socket> stalled = ConcurrentHashMap.newKeySet();

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
            client.setSoTimeout(DRIP);
            for (int i = 0; !isOver(); i++) {
                untilItHangsUp(client);
                if (drips) {
                    client.getOutputStream().write(ENDLESS[i % ENDLESS.length]);
                }
            }
        } finally {
            stalled.remove(client);
        }
        throw new SocketException("The server starts anew");
    }

    /** A client says nothing before the greeting (RFC 5321 §3.1). */
    private static void untilItHangsUp(Socket client) throws IOException {
        try {
            client.getInputStream().read();
            throw new SocketException("The client hung up");
        } catch (SocketTimeoutException stillThere) {
            // As it should.
        }
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

    private boolean isOver() {
        return over.getCount() == 0;
    }
}
