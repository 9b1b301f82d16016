package org.postel.wire;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;

/**
 * What DEFLATE (RFC 1951, raw) may cost a process. A compressed connection has an inflater all the time, whose native memory
 * grows with what the client sent, up to {@link #INFLATER}; a deflater only while there is output to compress, and none when
 * all are in use: then its output goes out in stored blocks (RFC 1951 §3.2.4), which need no memory.
 */
public final class Compression {

    /** Native octets of an inflater at most: 32 KiB of window, its state and its tables. */
    public static final int INFLATER = 45 << 10;

    /** Native octets of a deflater: window, hash table, chains and pending output of zlib with its usual settings. */
    static final int DEFLATER = 272 << 10;

    private final Semaphore connections;
    private final Semaphore deflaters;
    private final Queue<Deflater> idle = new ConcurrentLinkedQueue<>();
    private final long allowance;

    /**
     * @param connections that may be compressed at the same time
     * @param memory      octets for deflaters
     * @param allowance   octets that a client's stream may grow by beyond {@link InflatedInput#MOST_GROWTH} for each octet of it
     */
    public Compression(int connections, long memory, long allowance) {
        this.connections = new Semaphore(connections);
        this.deflaters = new Semaphore((int) Math.min(Integer.MAX_VALUE, memory / DEFLATER));
        this.allowance = allowance;
    }

    /** Whether one more connection may be compressed; it is to be given back. */
    boolean takeConnection() {
        return connections.tryAcquire();
    }

    void giveBackConnection() {
        connections.release();
    }

    long allowance() {
        return allowance;
    }

    /** A deflater at the start of a stream, unless all are in use; it is to be given back. */
    Optional<Deflater> takeDeflater() {
        if (!deflaters.tryAcquire()) {
            return Optional.empty();
        }
        Deflater used = idle.poll();
        // The fastest level: nearly all of what IMAP gains, at a third of the time.
        return Optional.of(used == null ? new Deflater(Deflater.BEST_SPEED, true) : used);
    }

    void giveBack(Deflater deflater) {
        deflater.reset();
        idle.add(deflater);
        deflaters.release();
    }
}
