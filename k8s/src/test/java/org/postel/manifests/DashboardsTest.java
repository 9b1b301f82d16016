package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grafana's dashboards ask for metrics that there are. That they show something is for ./postel test dashboards. */
class DashboardsTest {

    private static final String FOLDER = "k8s/components/monitoring/dashboards";
    private static final Pattern NAMED = Pattern.compile("\\{\\{(\\w+)}}");

    static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(Manifests.file(FOLDER))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void everyPanelAsksForWhatThereIs(Path file) throws IOException {
        MetricsPage page = MetricsPage.read();
        JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            String where = file.getFileName() + ", " + panel.get("title").asText();
            assertTrue(ids.add(panel.get("id").asInt()) && places.add(panel.get("gridPos").toString()), where + " has the id or the place of another");
            assertFalse(panel.get("fieldConfig").get("defaults").get("unit").asText().isBlank(), where + " has no unit");
            for (JsonNode target : panel.get("targets")) {
                page.check(target.get("expr").asText(), where);
                legendNamesLabelsThatAreLeft(target, where);
                // Only where buckets are read there is a trace behind one.
                assertEquals(target.get("expr").asText().contains("_bucket"), target.path("exemplar").asBoolean(), where);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void hasItsPicture(Path file) throws IOException {
        String picture = "dashboards/" + file.getFileName().toString().replace(".json", ".png");
        assertTrue(Files.exists(Manifests.file("docs/" + picture)), picture);
        assertTrue(Files.readString(Manifests.file("docs/metrics.md")).contains("(" + picture + ")"), picture + " is not shown in docs/metrics.md");
    }

    /** What sum by drops cannot be shown. */
    private static void legendNamesLabelsThatAreLeft(JsonNode target, String where) {
        Set<String> grouped = Expression.of(target.get("expr").asText()).grouped();
        Matcher label = NAMED.matcher(target.get("legendFormat").asText());
        while (label.find() && !grouped.isEmpty()) {
            assertTrue(grouped.contains(label.group(1)), where + ": " + label.group(1) + " is summed away");
        }
    }

    @Test
    void everyDashboardIsInTheConfigMap() throws IOException {
        Set<String> listed = new TreeSet<>();
        Manifests.kustomization("k8s/components/monitoring").get("configMapGenerator").get(0).get("files").forEach(file -> listed.add(file.asText()));
        Set<String> there = new TreeSet<>();
        dashboards().forEach(file -> there.add("dashboards/" + file.getFileName()));
        assertEquals(there, listed);
    }

    @Test
    void expressionsAreRead() {
        Expression read = Expression.of("histogram_quantile(0.9, sum by (command, le) (rate(a_bucket{protocol=\"x{y}\"}[5m]))) / b offset 1d > 1e3 or vector(0)");
        assertEquals(Map.of("a_bucket", Set.of("protocol"), "b", Set.of()), read.series());
        assertEquals(Set.of("command", "le"), read.grouped());
        assertThrows(IllegalArgumentException.class, () -> Expression.of("predict_linear(a[5m], 3600)"));
    }
}
