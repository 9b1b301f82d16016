package org.postel.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether something stays flat: by how much it grew over the last two thirds of a run, when the first third is for warming up. The
 * slope is the median of those between all pairs of values (Theil and Sen), which a few peaks do not move.
 *
 * @param growth over the last two thirds
 * @param bound the most growth that still counts as flat
 */
public record Trend(double growth, double bound) {

    private static final int THIRD = 3;

    /**
     * Of values that were taken at equal distances.
     *
     * @param values at least one; of fewer than two late ones nothing can be said, and they count as flat
     * @param part of their mean that they may grow by
     * @param least growth that is always allowed
     */
    public static Trend of(List<Double> values, double part, double least) {
        List<Double> late = values.subList(values.size() / THIRD, values.size());
        double mean = late.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return new Trend(slope(late) * (late.size() - 1), Math.max(mean * part, least));
    }

    private static double slope(List<Double> values) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                slopes.add((values.get(j) - values.get(i)) / (j - i));
            }
        }
        return slopes.isEmpty() ? 0 : Summary.of(slopes).median();
    }

    /** Whether it grew by no more than the bound. */
    public boolean isFlat() {
        return growth <= bound;
    }
}
