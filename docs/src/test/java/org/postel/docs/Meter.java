package org.postel.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric that the code makes, as Prometheus shows it.
 *
 * @param type   counter, gauge or timer
 * @param labels the names of its labels
 */
record Meter(String name, String type, Set<String> labels) {

    private static final Pattern BUILDER = Pattern.compile("\\b(Counter|Gauge|Timer|MultiGauge)\\s*\\.builder\\(\\s*\"([a-z._]+)\"");
    private static final Pattern SHORT = Pattern.compile("\\bregistry\\s*\\.counter\\(\\s*\"([a-z._]+)\"");
    private static final Pattern ANY = Pattern.compile("\\b(DistributionSummary|LongTaskTimer|FunctionCounter|FunctionTimer|TimeGauge)\\s*\\.builder"
            + "|\\bregistry\\s*\\.(gauge|timer|summary|more)\\(|@(Timed|Counted)\\b");
    private static final Pattern TAG = Pattern.compile("\\.tag\\(\\s*(?:\"([a-z_]+)\"|([A-Z_]+))");
    private static final Pattern TAGS_OF = Pattern.compile("Tags\\.of\\(\\s*\"([a-z_]+)\"");
    private static final Pattern ARGUMENT = Pattern.compile(",\\s*\"([a-z_]+)\"\\s*,");

    /** Those of a source file. */
    static List<Meter> of(String source) {
        if (ANY.matcher(source).find()) {
            throw new IllegalArgumentException("a meter of a kind that this test does not read");
        }
        List<Meter> meters = new ArrayList<>();
        Matcher builder = BUILDER.matcher(source);
        while (builder.find()) {
            String statement = statement(source, builder.start());
            String kind = builder.group(1);
            Set<String> labels = kind.equals("MultiGauge") ? found(TAGS_OF, source, source) : found(TAG, statement, source);
            String unit = statement.contains(".baseUnit(\"seconds\")") ? ".seconds" : "";
            meters.add(new Meter(exported(builder.group(2) + unit, kind), kind.equals("MultiGauge") ? "gauge" : kind.toLowerCase(Locale.ROOT), labels));
        }
        Matcher counter = SHORT.matcher(source);
        while (counter.find()) {
            meters.add(new Meter(exported(counter.group(1), "Counter"), "counter", found(ARGUMENT, statement(source, counter.start()), source)));
        }
        return meters;
    }

    private static String statement(String source, int from) {
        return source.substring(from, source.indexOf(';', from));
    }

    private static Set<String> found(Pattern pattern, String text, String source) {
        Set<String> labels = new TreeSet<>();
        Matcher label = pattern.matcher(text);
        while (label.find()) {
            labels.add(label.group(1) != null ? label.group(1) : constant(label.group(2), source));
        }
        return labels;
    }

    private static String constant(String name, String source) {
        Matcher value = Pattern.compile("String " + name + " = \"([a-z_]+)\"").matcher(source);
        if (!value.find()) {
            throw new IllegalArgumentException("a label that is no constant of its file: " + name);
        }
        return value.group(1);
    }

    /** Micrometer's convention for Prometheus: what is counted ends with _total, what is timed with _seconds. */
    private static String exported(String name, String kind) {
        String snake = name.replace('.', '_');
        return switch (kind) {
            case "Counter" -> snake.endsWith("_total") ? snake : snake + "_total";
            case "Timer" -> snake + "_seconds";
            default -> snake;
        };
    }
}
