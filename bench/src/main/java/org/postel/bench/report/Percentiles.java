package org.postel.bench.report;

import java.util.Arrays;

/** Percentiles of times. */
public final class Percentiles {

    private static final double HUNDRED = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    /**
     * Of at least one value.
     *
     * @param nanos in any order; they are copied
     */
    public Percentiles(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("No values");
        }
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /**
     * The least value that so many percent of all values do not exceed, in milliseconds.
     *
     * @param percent above 0, at most 100
     */
    public double millis(double percent) {
        int rank = (int) Math.ceil(percent / HUNDRED * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
