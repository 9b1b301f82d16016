package org.postel.launcher.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import org.postel.engines.Child;

/** Starts children side by side and tells how long each took. The first failure ends the wait for all. */
final class Starting {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Consumer<String> progress;
    private boolean over;
    private final long begun = System.nanoTime();

    Starting(Consumer<String> progress) {
        this.progress = progress;
    }

    CompletableFuture<Void> of(Child child) {
        return CompletableFuture.runAsync(() -> start(child), Thread::startVirtualThread);
    }

    CompletableFuture<Void> after(CompletableFuture<Void> needed, Child child) {
        return needed.thenRunAsync(() -> start(child), Thread::startVirtualThread);
    }

    /** A step that is no process; whoever is started after it is not where it failed, or where the end came before it. */
    CompletableFuture<Void> then(CompletableFuture<Void> needed, Runnable step) {
        return needed.thenRunAsync(() -> {
            if (!isOver()) {
                step.run();
            }
        }, Thread::startVirtualThread);
    }

    /** Returns when all are ready; throws the first failure as it was. */
    void await(List<CompletableFuture<Void>> all) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        all.forEach(one -> one.whenComplete((done, thrown) -> {
            if (thrown != null) {
                failure.completeExceptionally(thrown);
            }
        }));
        try {
            CompletableFuture.anyOf(failure, CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))).join();
        } catch (CompletionException wrapped) {
            giveUp();
            Throwable cause = wrapped.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
        }
    }

    /** No child is started once this has returned. */
    synchronized void giveUp() {
        over = true;
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized boolean launch(Child child) throws IOException {
        if (!over) {
            child.launch();
        }
        return !over;
    }

    /** After the end nobody wants to know. */
    private synchronized void tell(String line) {
        if (!over) {
            progress.accept(line);
        }
    }

    private void start(Child child) {
        try {
            if (!launch(child)) {
                return;
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        child.awaitReady(Platform.START_LIMIT);
        tell("%-17s ready after %.1f s".formatted(child.name(),
                (System.nanoTime() - begun) / NANOS_PER_SECOND));
    }
}
