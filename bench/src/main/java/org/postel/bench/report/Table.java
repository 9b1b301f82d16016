package org.postel.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The medians of two servers side by side, as a table of Markdown that is readable on a terminal too. */
public final class Table {

    private static final String NOTHING = "-";
    private static final double HUNDRED = 100;
    private static final double TEN = 10;

    private final Results results;
    private final String ours;
    private final String theirs;

    /** Of our server and its peer. */
    public Table(Results results, String ours, String theirs) {
        this.results = results;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** With a line feed after each line. */
    public String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Figure", "Unit", ours, theirs, "Ratio"));
        for (Metric metric : results.metrics()) {
            Optional<Summary> our = results.summary(metric, ours);
            Optional<Summary> their = results.summary(metric, theirs);
            rows.add(List.of(metric.label(), metric.unit(), cell(our), cell(their), ratio(our, their)));
        }
        int[] widths = widths(rows);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), widths);
            if (i == 0) {
                text.append("|---|---|---:|---:|---:|\n");
            }
        }
        return text.toString();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append("| ").append(cells.get(i)).repeat(" ", widths[i] - cells.get(i).length() + 1);
        }
        text.append("|\n");
    }

    private static String cell(Optional<Summary> summary) {
        return summary.map(found -> found.rounds() == 1 ? number(found.median())
                : number(found.median()) + " (" + number(found.least()) + "-" + number(found.most()) + ")").orElse(NOTHING);
    }

    private static String ratio(Optional<Summary> ours, Optional<Summary> theirs) {
        return ours.isEmpty() || theirs.isEmpty() || theirs.get().median() == 0 ? NOTHING
                : String.format(Locale.ROOT, "%.2f", ours.get().median() / theirs.get().median());
    }

    /** As many digits as say something. */
    static String number(double value) {
        String form = value >= HUNDRED ? "%.0f" : value >= TEN ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }
}
