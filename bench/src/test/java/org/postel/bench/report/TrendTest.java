package org.postel.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void warmingUpIsNoGrowth() {
        assertTrue(Trend.of(values(30, i -> i < 10 ? i * 10 : 100), 0.1, 0).isFlat());
    }

    @Test
    void steadyGrowthIsFound() {
        Trend trend = Trend.of(values(30, i -> 100 + i), 0.1, 0);
        assertEquals(19, trend.growth(), 1e-9);
        assertFalse(trend.isFlat());
    }

    @Test
    void onePeakIsNoGrowth() {
        assertTrue(Trend.of(values(30, i -> i == 28 ? 1000 : 100), 0.1, 0).isFlat());
    }

    @Test
    void aLittleIsAlwaysAllowed() {
        assertTrue(Trend.of(values(30, i -> i / 10), 0.1, 3).isFlat());
    }

    @Test
    void oneValueSaysNothing() {
        assertTrue(Trend.of(List.of(100.0), 0.1, 0).isFlat());
    }

    private static List<Double> values(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count).mapToObj(value::applyAsDouble).toList();
    }
}
