package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series of docs/metrics.md, which is held against the code, each with its labels. */
final class MetricsPage {

    /** What the PodMonitor and Prometheus add to each. */
    private static final Set<String> ADDED = Set.of("service", "pod", "namespace", "job", "container", "instance", "endpoint");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\| (counter|gauge|timer)([^|]*) \\| ([^|]*) \\|.*$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");

    private final Map<String, Set<String>> series = new TreeMap<>();

    private MetricsPage() {
    }

    static MetricsPage read() throws IOException {
        MetricsPage page = new MetricsPage();
        Matcher row = ROW.matcher(Files.readString(Manifests.file("docs/metrics.md")));
        while (row.find()) {
            Set<String> labels = new TreeSet<>(ADDED);
            LABEL.matcher(row.group(4)).results().forEach(label -> labels.add(label.group(1)));
            if (row.group(2).equals("timer")) {
                Set.of("_count", "_sum", "_max").forEach(part -> page.series.put(row.group(1) + part, labels));
                if (row.group(3).contains("buckets")) {
                    Set<String> withBound = new TreeSet<>(labels);
                    withBound.add("le");
                    page.series.put(row.group(1) + "_bucket", withBound);
                }
            } else {
                page.series.put(row.group(1), labels);
            }
        }
        return page;
    }

    /** An expression names only series and labels that are on the page. */
    void check(String text, String where) {
        Expression expression = Expression.of(text);
        Set<String> all = new TreeSet<>();
        expression.series().forEach((name, selecting) -> {
            assertTrue(series.containsKey(name), where + ": docs/metrics.md has no " + name);
            assertTrue(series.get(name).containsAll(selecting), where + ": " + name + " has not all of the labels " + selecting);
            all.addAll(series.get(name));
        });
        assertTrue(all.containsAll(expression.grouped()), where + ": no series of it has all of the labels " + expression.grouped());
    }
}
