package org.postel.bench.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Repeats one piece of work until told to end; a failure is counted and the next piece begins after a second. */
record Worker(String name, Ledger ledger, BooleanSupplier ended) {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** One piece of work. */
    @FunctionalInterface
    interface Piece {
        void run() throws IOException;
    }

    /** Returns when told to end. */
    void repeat(Duration pause, Piece piece) {
        while (!ended.getAsBoolean()) {
            try {
                piece.run();
                LockSupport.parkNanos(pause.toNanos());
            } catch (IOException failed) {
                // Whoever was waiting when the end came is cut off, which is no failure.
                if (!ended.getAsBoolean()) {
                    ledger.failed(name + ": " + failed.getMessage());
                    LockSupport.parkNanos(AFTER_FAILURE.toNanos());
                }
            }
        }
    }
}
