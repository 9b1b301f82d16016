package org.postel.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void theRatioIsThatOfTheMedians() {
        Results results = new Results();
        Metric metric = new Metric("delivered", "1/s");
        List.of(100.0, 300.0, 200.0).forEach(value -> results.add(metric, "ours", value));
        results.add(metric, "theirs", 400);
        assertTrue(new Table(results, "ours", "theirs").text().contains("| 200 (100-300) | 400    | 0.50  |"));
    }

    @Test
    void whatWasNotMeasuredIsNotZero() {
        Results results = new Results();
        results.add(new Metric("delivered", "1/s"), "ours", 5);
        assertTrue(new Table(results, "ours", "theirs").text().contains("| 5.00 | -      | -     |"));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(2.5, Summary.of(List.of(4.0, 1.0, 3.0, 2.0)).median());
    }

    @Test
    void percentilesAreNearestRank() {
        long[] nanos = new long[100];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (100 - i) * 1_000_000L;
        }
        Percentiles percentiles = new Percentiles(nanos);
        assertEquals(50, percentiles.millis(50));
        assertEquals(99, percentiles.millis(99));
        assertEquals(100, percentiles.millis(100));
    }
}
