package org.postel.bench.report;

import java.util.List;

/**
 * Several values of the same thing.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param least the least
 * @param most the greatest
 * @param rounds how many there are
 */
public record Summary(double median, double least, double most, int rounds) {

    /** Of at least one value. */
    public static Summary of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Summary(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }
}
