package org.postel.bench.figure;

import java.io.IOException;

import org.postel.bench.report.Metric;
import org.postel.bench.report.Percentiles;
import org.postel.bench.report.Results;

/** Times an action several times and files the median of a round, in milliseconds. */
record Timed(Results results, String stack) {

    private static final int REPEATED = 5;
    private static final double MEDIAN = 50;

    /** Something with the server that tells how many nanoseconds of it count. */
    @FunctionalInterface
    interface Action {
        long nanos() throws IOException;
    }

    void file(String label, Action action) throws IOException {
        long[] nanos = new long[REPEATED];
        for (int i = 0; i < REPEATED; i++) {
            nanos[i] = action.nanos();
        }
        results.add(new Metric(label, "ms"), stack, new Percentiles(nanos).millis(MEDIAN));
    }
}
