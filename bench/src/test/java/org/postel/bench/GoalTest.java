package org.postel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.bench.report.Metric;
import org.postel.bench.report.Results;
import org.postel.bench.stack.PostelStack;

class GoalTest {

    @ParameterizedTest
    @CsvSource({
        "checks, 'accepted with the checks, of what is without', 70, true", "checks, 'accepted with the checks, of what is without', 69.9, false",
        "queue, 'API: list', 1000, true", "queue, 'API: list', 1001, false", "checks, another row, 99, false"})
    void theMedianOfTheRowDecides(String figure, String row, double median, boolean reached) {
        Results results = new Results();
        for (double value : new double[] {1, median, 10_000}) {
            results.add(new Metric(row, "%"), PostelStack.NAME, value);
        }
        assertEquals(List.of(reached), Goal.verdicts(figure, results).stream().map(Goal.Verdict::reached).toList());
    }

    @Test
    void whatWasNotMeasuredOrHasNoGoalIsNotJudged() {
        Results results = new Results();
        assertEquals(List.of(), Goal.verdicts("checks", results));
        results.add(new Metric("20 connections: accepted", "messages/s"), PostelStack.NAME, 1);
        assertEquals(List.of(), Goal.verdicts("smtp", results));
    }

    @Test
    void aVerdictSaysWhatWasMeasuredAndWhatWasWanted() {
        Results results = new Results();
        results.add(new Metric("accepted with the checks, of what is without", "%"), PostelStack.NAME, 75.25);
        assertEquals("checks: accepted with the checks, of what is without: 75.3 %, and the goal is at least 70 %: reached",
            Goal.verdicts("checks", results).getFirst().text());
    }
}
