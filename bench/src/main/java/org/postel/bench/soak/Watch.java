package org.postel.bench.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.postel.bench.report.Trend;
import org.postel.bench.stack.ProcessUse;

/** What was seen of each process over time, and whether it stayed flat. */
final class Watch {

    private static final String FORMAT = "%-16s %-12s %10.1f %10.1f %10.1f %10.1f %10.1f  %s%n";

    private final List<Map<String, ProcessUse>> samples = new ArrayList<>();

    void add(Map<String, ProcessUse> sample) {
        samples.add(sample);
    }

    /** One sample: a line for each process. */
    static String text(Map<String, ProcessUse> sample) {
        StringBuilder text = new StringBuilder();
        sample.forEach((process, use) -> {
            text.append(String.format(Locale.ROOT, "  %-16s", process));
            for (Measure measure : Measure.values()) {
                measure.of(use).ifPresent(value -> text.append(String.format(Locale.ROOT, " %s %.0f;", measure.label(), value)));
            }
            text.append('\n');
        });
        return text.toString();
    }

    /** Prints a line for each process and measure; whether all stayed flat. */
    boolean report(StringBuilder text) {
        text.append(String.format(Locale.ROOT, "%-16s %-12s %10s %10s %10s %10s %10s%n", "process", "what", "first", "at 1/3", "last",
                "growth", "allowed"));
        boolean flat = true;
        for (String process : samples.getFirst().keySet()) {
            for (var row : rows(process).entrySet()) {
                flat &= line(text, process, row.getKey(), row.getValue());
            }
        }
        return flat;
    }

    private Map<Measure, List<Double>> rows(String process) {
        Map<Measure, List<Double>> rows = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            for (Map<String, ProcessUse> sample : samples) {
                measure.of(sample.get(process))
                        .ifPresent(value -> rows.computeIfAbsent(measure, key -> new ArrayList<>()).add(value));
            }
        }
        return rows;
    }

    /** A process that holds no memory any more has ended, which is not flat either. */
    private static boolean line(StringBuilder text, String process, Measure measure, List<Double> values) {
        Trend trend = measure.trend(values);
        boolean ended = measure == Measure.RESIDENT && values.getLast() == 0;
        text.append(String.format(Locale.ROOT, FORMAT, process, measure.label(), values.getFirst(), values.get(values.size() / 3),
                values.getLast(), trend.growth(), trend.bound(), ended ? "ENDED" : trend.isFlat() ? "flat" : "GROWS"));
        return trend.isFlat() && !ended;
    }
}
