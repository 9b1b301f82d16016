package org.postel.mailbox.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A caller that waits for the first answer of a call, takes all of them at once, and never goes away. */
final class FirstAnswer<R> extends ServerCallStreamObserver<R> {

    final CompletableFuture<Optional<R>> answer = new CompletableFuture<>();
    private Optional<R> first = Optional.empty();

    @Override
    public void onNext(R value) {
        first = first.isPresent() ? first : Optional.of(value);
    }

    @Override
    public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        answer.complete(first);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
}
