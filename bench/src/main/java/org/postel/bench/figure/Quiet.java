package org.postel.bench.figure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.postel.bench.stack.CpuTime;
import org.postel.bench.stack.MailStack;

/** Waits until a server has nothing left to do, so that its work does not slow down what is measured next. */
public final class Quiet {

    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** CPU seconds within the window: a tenth of one core. */
    private static final double LITTLE = 0.05;

    private Quiet() {
    }

    /** Returns when the server is quiet, or after 15 seconds. */
    public static void await(MailStack stack) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        CpuTime before = stack.processes().cpu();
        boolean quiet = false;
        while (!quiet && System.nanoTime() < end) {
            LockSupport.parkNanos(WINDOW.toNanos());
            CpuTime now = stack.processes().cpu();
            quiet = now.since(before).total() <= LITTLE;
            before = now;
        }
    }
}
