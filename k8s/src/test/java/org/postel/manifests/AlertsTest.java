package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts ask for metrics that there are, and each has a runbook and a test of promtool's. */
class AlertsTest {

    private static final String FOLDER = "k8s/components/monitoring";
    private static final Pattern SECTION = Pattern.compile("^## (Postel\\w+)$", Pattern.MULTILINE);
    private static final Pattern TESTED = Pattern.compile("^  - name: (Postel\\w+) (fires|is quiet)$", Pattern.MULTILINE);

    @Test
    void everyAlertAsksForWhatThereIs() throws IOException {
        MetricsPage page = MetricsPage.read();
        for (Rule alert : alerts()) {
            page.check(alert.getExpr().getStrVal(), alert.getAlert());
            assertTrue(Set.of("critical", "warning").contains(alert.getLabels().get("severity")), alert.getAlert());
        }
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
        Set<String> sections = SECTION.matcher(Files.readString(Manifests.file("docs/runbooks.md"))).results()
                .map(section -> section.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(alerts().stream().map(Rule::getAlert).collect(Collectors.toCollection(TreeSet::new)), sections);
        for (Rule alert : alerts()) {
            assertEquals("docs/runbooks.md#" + alert.getAlert().toLowerCase(Locale.ROOT), alert.getAnnotations().get("runbook"));
        }
    }

    /** The tests themselves run in ./postel test dashboards. */
    @Test
    void everyAlertIsTestedBothWays() throws IOException {
        Set<String> tested = TESTED.matcher(Files.readString(Manifests.file(FOLDER + "/tests/alerts-test.yaml"))).results()
                .map(test -> test.group(1) + " " + test.group(2)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>();
        for (Rule alert : alerts()) {
            expected.add(alert.getAlert() + " fires");
            expected.add(alert.getAlert() + " is quiet");
        }
        assertEquals(expected, tested);
    }

    static List<Rule> alerts() throws IOException {
        return Manifests.only(PrometheusRule.class, Manifests.in(FOLDER)).getFirst().getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream()).toList();
    }
}
