package org.postel.mailbox.store;

import java.util.Optional;
import org.postel.tracing.Span;

/** A command that waits for its commit. Used under the lock of the one who commits. */
final class Pending<R> {

    private final Command<R> command;
    /** What waits for it. */
    private final Span caller = Span.current();
    private Optional<Command.Decision<R>> decision = Optional.empty();
    private Optional<RuntimeException> refusal = Optional.empty();
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

    /** What was decided last is durable. */
    void finish() {
        done = true;
    }

    void fail(RuntimeException e) {
        refusal = Optional.of(e);
        done = true;
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
