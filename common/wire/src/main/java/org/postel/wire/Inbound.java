package org.postel.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The octets received and not read yet, and what else a waiting reader must hear of. The event loop puts in, the
 * connection's thread takes out; over {@link #HIGH} the socket is not read until less than {@link #LOW} is left.
 */
final class Inbound implements Source {

    static final int HIGH = 64 * 1024;
    static final int LOW = 16 * 1024;
    // A peer may send one octet per segment: each is counted with what the objects round it cost.
    private static final int SEGMENT_COST = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuf> segments = new ArrayDeque<>(2);
    private final Consumer<Boolean> readSocket;
    private int cost;
    private boolean stopped;
    private boolean ended;
    private boolean woken;
    private boolean discarding;
    private volatile boolean draining;

    // Taken out of the queue and partly read; the connection's thread only.
    private ByteBuf current = Unpooled.EMPTY_BUFFER;

    /** @param readSocket turns reading from the socket on and off; may be called on any thread, with the lock held */
    Inbound(Consumer<Boolean> readSocket) {
        this.readSocket = readSocket;
    }

    void received(ByteBuf octets) {
        signal(() -> {
            if (discarding) {
                return;
            }
            segments.add(octets);
            cost += octets.readableBytes() + SEGMENT_COST;
            if (cost >= HIGH && !stopped) {
                stopped = true;
                readSocket.accept(false);
            }
        });
    }

    /** The peer sends no more; whether nobody waited for that but the closing of the connection. */
    boolean end() {
        signal(() -> ended = true);
        return discarding;
    }

    /** From here on nothing is kept; whether the peer has ended already. */
    boolean discard() {
        signal(() -> {
            discarding = true;
            segments.clear();
            readSocket.accept(true);
        });
        return ended;
    }

    void wake() {
        signal(() -> woken = true);
    }

    void drain() {
        signal(() -> draining = true);
    }

    boolean draining() {
        return draining;
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasInput() {
        return current.isReadable() || hasQueued();
    }

    /** Whether segments wait; unlike {@link #hasInput()} the event loop may ask. */
    boolean hasQueued() {
        lock.lock();
        try {
            return !segments.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The segment to read from next, with at least one octet.
     *
     * @param deadline  on the clock of {@link System#nanoTime()}
     * @param betweenCommands nothing of a command has come yet, so a drain may end the wait
     */
    @Override
    public ByteBuf segment(long deadline, boolean betweenCommands) throws IOException {
        if (current.isReadable()) {
            return current;
        }
        lock.lock();
        try {
            while (segments.isEmpty()) {
                current = Unpooled.EMPTY_BUFFER;
                if (ended) {
                    throw new PeerGoneException("the peer closed the connection");
                }
                if (draining && betweenCommands) {
                    throw new DrainingException();
                }
                if (!waitUntil(deadline)) {
                    throw new IdleTimeoutException(betweenCommands ? "nothing received" : "line not finished in time");
                }
            }
            current = take();
            return current;
        } finally {
            lock.unlock();
        }
    }

    private ByteBuf take() {
        ByteBuf next = segments.poll();
        cost -= next.readableBytes() + SEGMENT_COST;
        if (stopped && cost <= LOW) {
            stopped = false;
            readSocket.accept(true);
        }
        return next;
    }

    /** Steps back within the segment read last; the connection's thread only. */
    @Override
    public void unread(int count) {
        current.readerIndex(current.readerIndex() - count);
    }

    @Override
    public Connection.Signal await(long deadline) throws IOException {
        lock.lock();
        try {
            while (true) {
                if (current.isReadable() || !segments.isEmpty()) {
                    return Connection.Signal.INPUT;
                }
                current = Unpooled.EMPTY_BUFFER;
                if (ended) {
                    throw new PeerGoneException("the peer closed the connection");
                }
                if (draining) {
                    return Connection.Signal.DRAINING;
                }
                if (woken) {
                    woken = false;
                    return Connection.Signal.WOKEN;
                }
                if (!waitUntil(deadline)) {
                    return Connection.Signal.TIMEOUT;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean waitUntil(long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            changed.await(left, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PeerGoneException("the connection's thread was interrupted");
        }
    }
}
