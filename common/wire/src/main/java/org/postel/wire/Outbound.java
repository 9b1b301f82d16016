package org.postel.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The octets on their way to the peer: a buffer that exists only while something is in it, and a bound on what the socket
 * was given and has not taken. Used by the connection's thread; the event loop only reports what was sent.
 */
final class Outbound {

    private static final int SMALLEST = 512;
    private static final int BUFFER = 32 * 1024;
    // Handed to the socket and not sent yet.
    private static final int UNSENT = 64 * 1024;
    private static final byte[] NONE = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sent = lock.newCondition();
    private final Socket socket;
    private final long timeoutNanos;
    private byte[] buffer = NONE;
    private int length;
    private long unsent;
    private long progress;
    private boolean broken;

    /**
     * Where octets go. The listener is there before they do: one that is added to a write that is over already would be told on
     * another turn of the event loop, which has to be woken for it.
     */
    @FunctionalInterface
    interface Socket {
        void write(ByteBuf octets, ChannelFutureListener sent);
    }

    Outbound(Socket socket, Duration timeout) {
        this.socket = socket;
        this.timeoutNanos = timeout.toNanos();
    }

    void write(byte[] octets, int offset, int count) throws IOException {
        int from = offset;
        int left = count;
        while (left > 0) {
            int part = Math.min(left, BUFFER - length);
            reserve(length + part);
            System.arraycopy(octets, from, buffer, length, part);
            length += part;
            from += part;
            left -= part;
            if (length == BUFFER) {
                flush();
            }
        }
    }

    private void reserve(int size) {
        if (buffer.length < size) {
            // A power of two above: the few octets that end a message seldom make it grow once more.
            buffer = Arrays.copyOf(buffer, Math.max(SMALLEST, Integer.highestOneBit(size - 1) << 1));
        }
    }

    void flush() throws IOException {
        hand(take());
        awaitUnsent(UNSENT);
    }

    /** What was written and not handed to the socket; it is the caller's now. */
    ByteBuf take() {
        ByteBuf octets = Unpooled.wrappedBuffer(buffer, 0, length);
        buffer = NONE;
        length = 0;
        return octets;
    }

    /** Gives the socket octets without waiting. */
    void hand(ByteBuf octets) {
        int count = octets.readableBytes();
        if (count == 0) {
            return;
        }
        lock.lock();
        try {
            unsent += count;
        } finally {
            lock.unlock();
        }
        socket.write(octets, done -> sent(count, done.isSuccess()));
    }

    private void sent(int count, boolean success) {
        lock.lock();
        try {
            unsent -= count;
            progress++;
            broken |= !success;
            sent.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The connection is closed: nobody need wait any more. */
    void end() {
        lock.lock();
        try {
            broken = true;
            sent.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until at most so many octets are unsent; the time starts anew whenever the peer takes some. */
    void awaitUnsent(long most) throws IOException {
        lock.lock();
        try {
            long seen = progress;
            long deadline = System.nanoTime() + timeoutNanos;
            while (!broken && unsent > most) {
                if (progress != seen) {
                    seen = progress;
                    deadline = System.nanoTime() + timeoutNanos;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new WriteTimeoutException("the peer does not read");
                }
                sent.await(left, TimeUnit.NANOSECONDS);
            }
            if (broken) {
                throw new PeerGoneException("the peer closed the connection");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PeerGoneException("the connection's thread was interrupted");
        } finally {
            lock.unlock();
        }
    }
}
