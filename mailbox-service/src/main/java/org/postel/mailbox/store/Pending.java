package org.postel.mailbox.store;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.postel.tracing.Span;

/** A command that waits for its commit. Except for waiting, only who leads uses it. */
final class Pending<R> {

    private final Command<R> command;
    /** What waits for it. */
    private final Span caller = Span.current();
    private Optional<Command.Decision<R>> decision = Optional.empty();
    private Optional<RuntimeException> refusal = Optional.empty();
    /** Complete once its caller need not wait: true when it is to lead, false when the command is done. */
    private final CompletableFuture<Boolean> wake = new CompletableFuture<>();
    private boolean done;

    Pending(Command<R> command) {
        this.command = command;
    }

    Command<R> command() {
        return command;
    }

    Span caller() {
        return caller;
    }

    /** Decides, perhaps again; empty when it is refused. */
    Optional<Command.Decision<R>> decide(Standing now) {
        try {
            decision = Optional.of(command.decide(now));
            refusal = Optional.empty();
        } catch (RuntimeException e) {
            decision = Optional.empty();
            refusal = Optional.of(e);
        }
        return decision;
    }

    /** Waits until it is done or to lead, also when interrupted: what was taken along may be durable. */
    boolean awaitLeading() {
        return wake.join();
    }

    /** Its caller commits next. */
    void lead() {
        wake.complete(true);
    }

    /** What was decided last is durable. */
    void finish() {
        end();
    }

    void fail(RuntimeException e) {
        refusal = Optional.of(e);
        end();
    }

    private void end() {
        done = true;
        wake.complete(false);
    }

    boolean isDone() {
        return done;
    }

    R result() {
        refusal.ifPresent(e -> {
            throw e;
        });
        return decision.orElseThrow().answer();
    }
}
