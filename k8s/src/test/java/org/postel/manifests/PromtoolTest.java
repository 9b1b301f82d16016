package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus's own tool (Debian: prometheus) reads the alerts and plays the series of tests/alerts-test.yaml to them. */
@Tag("dashboards")
class PromtoolTest {

    private static final String FOLDER = "k8s/components/monitoring";

    @TempDir
    Path folder;

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws IOException, InterruptedException {
        var rules = Manifests.only(PrometheusRule.class, Manifests.in(FOLDER)).getFirst();
        // JSON is YAML.
        new ObjectMapper().writeValue(folder.resolve("alerts.rules").toFile(), rules.getSpec());
        Files.copy(Manifests.file(FOLDER + "/tests/alerts-test.yaml"), folder.resolve("alerts-test.yaml"));
        run("promtool", "check", "rules", "alerts.rules");
        run("promtool", "test", "rules", "alerts-test.yaml");
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process promtool = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertEquals(0, promtool.waitFor(), Files.readString(output));
    }
}
