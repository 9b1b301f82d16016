package org.postel.mailbox.api;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The messages of a server stream, for one reading thread. At most two messages wait here; what comes after stays with the
 * sender until they are taken. Close it when done: that ends the call if it has not ended.
 */
public final class MessageStream<T> implements Iterator<T>, AutoCloseable {

    private static final int AHEAD = 2;

    private sealed interface Event<T> {
        record Message<T>(T message) implements Event<T> {}

        record End<T>(Status status) implements Event<T> {}
    }

    private final String method;
    private final ClientCall<?, T> call;
    private final Duration stallTimeout;
    private final BlockingQueue<Event<T>> arrived = new LinkedBlockingQueue<>();
    private Optional<Event<T>> next = Optional.empty();

    private MessageStream(String method, ClientCall<?, T> call, Duration stallTimeout) {
        this.method = method;
        this.call = call;
        this.stallTimeout = stallTimeout;
    }

    static <Q, T> MessageStream<T> start(String method, ClientCall<Q, T> call, Q request, Duration stallTimeout) {
        MessageStream<T> stream = new MessageStream<>(method, call, stallTimeout);
        call.start(stream.listener(), new Metadata());
        call.request(AHEAD);
        call.sendMessage(request);
        call.halfClose();
        return stream;
    }

    /** Waits for the first message or the end; empty when all is well so far. */
    Optional<Status> failedAtOnce() {
        return peek() instanceof Event.End<T>(Status status) && !status.isOk() ? Optional.of(status) : Optional.empty();
    }

    /**
     * Whether there is another message; waits for it.
     *
     * @throws MailboxServiceException when the stream broke off, or stood still for too long
     */
    @Override
    public boolean hasNext() {
        return switch (peek()) {
            case Event.Message<T> ignored -> true;
            case Event.End<T>(Status status) when status.isOk() -> false;
            case Event.End<T>(Status status) -> throw MailboxServiceException.of(method, status);
        };
    }

    @Override
    public T next() {
        if (hasNext() && peek() instanceof Event.Message<T>(T message)) {
            next = Optional.empty();
            call.request(1);
            return message;
        }
        throw new NoSuchElementException();
    }

    /** Ends the call if it has not ended by itself; what is on its way is dropped. */
    @Override
    public void close() {
        if (!(next.orElse(null) instanceof Event.End<T>)) {
            call.cancel("closed by the reader", null);
            next = Optional.of(new Event.End<>(Status.OK));
        }
    }

    private Event<T> peek() {
        if (next.isEmpty()) {
            next = Optional.of(await());
        }
        return next.get();
    }

    private Event<T> await() {
        try {
            Event<T> event = arrived.poll(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
            if (event != null) {
                return event;
            }
            call.cancel("stalled", null);
            return new Event.End<>(Status.UNAVAILABLE.withDescription("nothing came for " + stallTimeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancel("interrupted", e);
            return new Event.End<>(Status.UNAVAILABLE.withDescription("interrupted"));
        }
    }

    private ClientCall.Listener<T> listener() {
        return new ClientCall.Listener<>() {
            @Override
            public void onMessage(T message) {
                arrived.add(new Event.Message<>(message));
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                arrived.add(new Event.End<>(status));
            }
        };
    }
}
