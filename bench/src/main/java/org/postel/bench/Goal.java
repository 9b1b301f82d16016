package org.postel.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.postel.bench.report.Results;
import org.postel.bench.report.Summary;
import org.postel.bench.stack.PostelStack;

/** What the median of a row is to reach. */
enum Goal {

    /** SPF, DKIM and DMARC cost 30% of the accept rate at most. */
    CHECKS("checks", "accepted with the checks, of what is without", Bound.AT_LEAST, 70, "%"),
    /** Whoever asks for a long queue is answered within a second. */
    QUEUE_LIST("queue", "API: list", Bound.AT_MOST, 1000, "ms");

    private final String figure;
    private final String row;
    private final Bound bound;
    private final double limit;
    private final String unit;

    private enum Bound {
        AT_LEAST, AT_MOST
    }

    Goal(String figure, String row, Bound bound, double limit, String unit) {
        this.figure = figure;
        this.row = row;
        this.bound = bound;
        this.limit = limit;
        this.unit = unit;
    }

    /**
     * Whether a goal was reached.
     *
     * @param text for a person
     */
    record Verdict(boolean reached, String text) {
    }

    /** Of a figure's goals; none when nothing of it was measured. A row that is not there is a goal that was not reached. */
    static List<Verdict> verdicts(String figure, Results results) {
        return results.metrics().isEmpty() ? List.of() : Stream.of(values()).filter(goal -> goal.figure.equals(figure)).map(goal -> goal.verdict(results)).toList();
    }

    private Verdict verdict(Results results) {
        Optional<Double> median = results.metrics().stream().filter(metric -> metric.label().equals(row))
                .flatMap(metric -> results.summary(metric, PostelStack.NAME).stream()).map(Summary::median).findFirst();
        boolean reached = median.filter(this::allows).isPresent();
        return new Verdict(reached, String.format(Locale.ROOT, "%s: %s: %s, and the goal is %s %.0f %s: %s", figure, row,
                median.map(value -> String.format(Locale.ROOT, "%.1f %s", value, unit)).orElse("not measured"),
                bound == Bound.AT_LEAST ? "at least" : "at most", limit, unit, reached ? "reached" : "NOT reached"));
    }

    private boolean allows(double median) {
        return bound == Bound.AT_LEAST ? median >= limit : median <= limit;
    }
}
