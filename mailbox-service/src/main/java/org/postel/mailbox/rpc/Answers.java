package org.postel.mailbox.rpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.postel.tracing.Span;

/** Runs the work of a call and answers with what it gives, or with the status of what it throws. */
final class Answers {

    private final Duration stallTimeout;

    /**
     * @param stallTimeout the longest a stream may stand still before its work is given up
     */
    Answers(Duration stallTimeout) {
        this.stallTimeout = stallTimeout;
    }

    /** One answer, computed on the call's own virtual thread. */
    <R> void one(String method, StreamObserver<R> to, Callable<R> work) {
        R answer;
        try {
            answer = work.call();
        } catch (Exception e) {
            to.onError(Failures.asException(method, e));
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }

    /**
     * A stream of answers. The work gets a virtual thread of its own, because the call's thread brings the news that the
     * reader takes more or is gone.
     */
    <R> void many(String method, StreamObserver<R> to, Consumer<Consumer<R>> work) {
        OutboundStream<R> stream = new OutboundStream<>((ServerCallStreamObserver<R>) to, stallTimeout);
        start(() -> {
            try {
                work.accept(stream::send);
                stream.complete();
            } catch (RuntimeException e) {
                stream.fail(Failures.asException(method, e));
            }
        });
    }

    /** One answer to a stream of messages, for the same reason on a virtual thread of its own. */
    <Q, R> StreamObserver<Q> fromMany(String method, StreamObserver<R> to, Receiving<Q, R> work) {
        ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) to;
        InboundStream<Q> stream = new InboundStream<>(call, stallTimeout);
        start(() -> {
            try {
                R answer = work.from(stream);
                if (!call.isCancelled()) {
                    call.onNext(answer);
                    call.onCompleted();
                }
            } catch (RuntimeException e) {
                fail(call, method, e);
            }
        });
        return stream;
    }

    /** Takes a stream of messages and gives one answer. */
    @FunctionalInterface
    interface Receiving<Q, R> {
        R from(InboundStream<Q> messages);
    }

    private static void fail(ServerCallStreamObserver<?> call, String method, RuntimeException failure) {
        StatusRuntimeException status = Failures.asException(method, failure);
        if (!call.isCancelled()) {
            call.onError(status);
        }
    }

    private static void start(Runnable work) {
        Thread.ofVirtual().name("grpc-stream").start(Context.current().wrap(Span.carried(work)));
    }
}
