package org.postel.mailbox.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages of a server stream, written by one thread that waits while the reader takes none. gRPC holds what was
 * written and not sent, so nothing is written while it says that it is not ready.
 */
final class OutboundStream<R> {

    private final ServerCallStreamObserver<R> observer;
    private final Duration stallTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Must be made before the service method returns: handlers cannot be set later. */
    OutboundStream(ServerCallStreamObserver<R> observer, Duration stallTimeout) {
        this.observer = observer;
        this.stallTimeout = stallTimeout;
        observer.setOnReadyHandler(this::signal);
        observer.setOnCancelHandler(this::signal);
    }

    /**
     * Writes one message.
     *
     * @throws CallGoneException when the reader ended the call, or takes nothing for too long
     */
    void send(R message) {
        awaitReady();
        observer.onNext(message);
    }

    void complete() {
        if (!observer.isCancelled()) {
            observer.onCompleted();
        }
    }

    void fail(Throwable failure) {
        if (!observer.isCancelled()) {
            observer.onError(failure);
        }
    }

    private void awaitReady() {
        lock.lock();
        try {
            long nanos = stallTimeout.toNanos();
            while (!observer.isReady() && !observer.isCancelled()) {
                if (nanos <= 0) {
                    throw new CallGoneException("the reader takes nothing");
                }
                nanos = changed.awaitNanos(nanos);
            }
            if (observer.isCancelled()) {
                throw new CallGoneException("ended by the reader");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallGoneException("interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
