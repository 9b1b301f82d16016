package org.postel.mailbox.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The messages of a client stream, read by one thread. At most two wait here; the sender waits with the rest. */
final class InboundStream<Q> implements StreamObserver<Q> {

    private static final int AHEAD = 2;

    private sealed interface Event<Q> {
        record Message<Q>(Q message) implements Event<Q> {}

        record End<Q>() implements Event<Q> {}

        record Gone<Q>() implements Event<Q> {}
    }

    private final ServerCallStreamObserver<?> call;
    private final Duration stallTimeout;
    private final BlockingQueue<Event<Q>> arrived = new LinkedBlockingQueue<>();
    private boolean ended;

    /** Must be made before the service method returns: flow control cannot be set later. */
    InboundStream(ServerCallStreamObserver<?> call, Duration stallTimeout) {
        this.call = call;
        this.stallTimeout = stallTimeout;
        call.disableAutoRequest();
        call.setOnCancelHandler(() -> arrived.add(new Event.Gone<>()));
        call.request(AHEAD);
    }

    /**
     * The next message; empty at the end.
     *
     * @throws CallGoneException when the sender broke off, or sends nothing for too long
     */
    Optional<Q> next() {
        if (ended) {
            return Optional.empty();
        }
        return switch (await()) {
            case Event.Message<Q>(Q message) -> {
                call.request(1);
                yield Optional.of(message);
            }
            case Event.End<Q>() -> {
                ended = true;
                yield Optional.empty();
            }
            case Event.Gone<Q>() -> throw new CallGoneException("broken off by the sender");
        };
    }

    private Event<Q> await() {
        try {
            Event<Q> event = arrived.poll(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new CallGoneException("the sender sends nothing");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallGoneException("interrupted");
        }
    }

    @Override
    public void onNext(Q message) {
        arrived.add(new Event.Message<>(message));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Event.Gone<>());
    }

    @Override
    public void onCompleted() {
        arrived.add(new Event.End<>());
    }
}
