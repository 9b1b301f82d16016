package org.postel.mailbox.api;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The sending half of a client stream, for one thread, which waits while the receiver takes nothing. */
final class Upload<Q, R> implements AutoCloseable {

    private final String method;
    private final ClientCall<Q, R> call;
    private final Duration stallTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<R> response = Optional.empty();
    private Optional<Status> end = Optional.empty();

    private Upload(String method, ClientCall<Q, R> call, Duration stallTimeout) {
        this.method = method;
        this.call = call;
        this.stallTimeout = stallTimeout;
    }

    static <Q, R> Upload<Q, R> start(String method, ClientCall<Q, R> call, Duration stallTimeout) {
        Upload<Q, R> upload = new Upload<>(method, call, stallTimeout);
        call.start(upload.listener(), new Metadata());
        call.request(2);
        return upload;
    }

    /** Waits until there is a connection or none; empty when all is well so far. */
    Optional<Status> failedAtOnce() {
        await(call::isReady, stallTimeout);
        return ended().filter(status -> !status.isOk());
    }

    void send(Q message) {
        if (!await(call::isReady, stallTimeout)) {
            throw stalled();
        }
        Optional<Status> over = ended();
        if (over.isPresent()) {
            throw MailboxServiceException.of(method, tooEarly(over.get()));
        }
        call.sendMessage(message);
    }

    /** Says that this was all, and waits for the answer. */
    R finish(Duration deadline) {
        if (ended().isEmpty()) {
            call.halfClose();
        }
        if (!await(() -> false, deadline)) {
            throw stalled();
        }
        Status status = ended().orElseThrow();
        if (!status.isOk()) {
            throw MailboxServiceException.of(method, status);
        }
        return response.orElseThrow(() -> MailboxServiceException.of(method, tooEarly(status)));
    }

    /** Ends the call if it has not ended: the receiver then keeps nothing. */
    @Override
    public void close() {
        if (ended().isEmpty()) {
            call.cancel("given up by the sender", null);
        }
    }

    private MailboxServiceException stalled() {
        call.cancel("stalled", null);
        return new MailboxServiceException(MailboxServiceException.Reason.UNAVAILABLE, method + ": no progress");
    }

    /** True once the condition holds or the call is over; false when neither came in time. */
    private boolean await(BooleanSupplier condition, Duration time) {
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (end.isEmpty() && !condition.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancel("interrupted", e);
            throw new MailboxServiceException(MailboxServiceException.Reason.UNAVAILABLE, method + ": interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Status> ended() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    private static Status tooEarly(Status status) {
        return status.isOk() ? Status.INTERNAL.withDescription("ended before its time") : status;
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ClientCall.Listener<R> listener() {
        return new ClientCall.Listener<>() {
            @Override
            public void onMessage(R message) {
                change(() -> response = Optional.of(message));
            }

            @Override
            public void onReady() {
                change(() -> { });
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                change(() -> end = Optional.of(status));
            }
        };
    }
}
