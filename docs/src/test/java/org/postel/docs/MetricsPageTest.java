package org.postel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/metrics.md has every metric of the code with its type and labels, and no other. */
class MetricsPageTest {

    private static final Repository REPOSITORY = Repository.here();
    private static final Pattern ROW = Pattern.compile("^\\| `(mail_[a-z_]+)` \\| (counter|gauge|timer)[^|]* \\| ([^|]*) \\| [^|]+ \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");

    @Test
    void pageHasEveryMetricOfTheCodeAndNoOther() {
        TreeMap<String, String> inCode = new TreeMap<>();
        for (Path source : REPOSITORY.mainSources()) {
            for (Meter meter : read(source)) {
                String shown = meter.type() + " " + new TreeSet<>(meter.labels());
                String before = inCode.put(meter.name(), shown);
                assertTrue(before == null || before.equals(shown), meter.name() + " has other labels or another type in " + source.getFileName());
            }
        }
        TreeMap<String, String> onPage = new TreeMap<>();
        Matcher row = ROW.matcher(REPOSITORY.text("docs/metrics.md"));
        while (row.find()) {
            Set<String> labels = new TreeSet<>();
            Matcher label = LABEL.matcher(row.group(3));
            while (label.find()) {
                labels.add(label.group(1));
            }
            assertEquals(null, onPage.put(row.group(1), row.group(2) + " " + labels), row.group(1) + " stands twice in docs/metrics.md");
        }
        assertEquals(inCode, onPage, "what the code has, and what docs/metrics.md has");
    }

    @Test
    void namesAreInOrder() {
        String page = REPOSITORY.text("docs/metrics.md");
        String[] names = ROW.matcher(page).results().map(row -> row.group(1)).toArray(String[]::new);
        String[] sorted = names.clone();
        Arrays.sort(sorted);
        assertEquals(Arrays.asList(sorted), Arrays.asList(names));
    }

    private static List<Meter> read(Path source) {
        String text = Repository.read(source);
        return text.contains("io.micrometer") ? Meter.of(text) : List.of();
    }
}
