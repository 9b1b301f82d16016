package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each service scales by itself, on numbers that there are, up at once and down slowly. */
class AutoscalersTest {

    private static final int TEN_MINUTES = 600;

    @Test
    void everyServiceIsScaledByOne() throws IOException {
        List<String> scaled = Stream.concat(hpas().stream().map(hpa -> hpa.getSpec().getScaleTargetRef().getName()),
                Stream.of(keda().getSpec().scaleTargetRef().name())).sorted().toList();
        assertEquals(Workload.services().stream().map(Workload::name).sorted().toList(), scaled);
    }

    @Test
    void podsGoOneAtATimeAndNotAtOnce() throws IOException {
        for (HorizontalPodAutoscaler hpa : hpas()) {
            var down = hpa.getSpec().getBehavior().getScaleDown();
            assertTrue(down.getStabilizationWindowSeconds() >= TEN_MINUTES, hpa.getMetadata().getName());
            assertEquals(1, down.getPolicies().getFirst().getValue(), hpa.getMetadata().getName());
            assertTrue(hpa.getSpec().getMinReplicas() >= 2, "one may go");
        }
        assertTrue(keda().getSpec().minReplicaCount() >= 2, "a worker tells how long the queues are");
    }

    /** What the API of custom metrics is asked for, prometheus-adapter is told how to answer, from metrics of docs/metrics.md. */
    @Test
    void adapterKnowsWhatIsAskedFor() throws IOException {
        Set<String> asked = hpas().stream().flatMap(hpa -> hpa.getSpec().getMetrics().stream()).filter(metric -> metric.getType().equals("Pods"))
                .map(MetricSpec::getPods).map(pods -> pods.getMetric().getName()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> answered = new TreeSet<>();
        MetricsPage page = MetricsPage.read();
        for (JsonNode rule : Manifests.yaml("k8s/components/hpa/prometheus-adapter/rules.yaml")) {
            String series = rule.get("seriesQuery").asText();
            page.check(series, "prometheus-adapter");
            page.check(rule.get("metricsQuery").asText().replace("<<.Series>>", series.substring(0, series.indexOf('{')))
                    .replace("<<.LabelMatchers>>", "pod=\"a\"").replace("<<.GroupBy>>", "pod"), "prometheus-adapter");
            answered.add(rule.path("name").path("as").asText(series.substring(0, series.indexOf('{'))));
        }
        assertEquals(asked, answered);
    }

    @Test
    void kedaAsksAWorkerForItsQueues() throws IOException {
        MetricsPage page = MetricsPage.read();
        Set<String> topics = Set.of("mail.accepted", "mail.relay", "mail.relay.slow");
        int port = Workload.services().stream().filter(workload -> workload.name().equals("delivery-worker")).findFirst().orElseThrow().ports().get("management");
        Set<String> asked = new TreeSet<>();
        for (ScaledObject.Trigger trigger : keda().getSpec().triggers()) {
            Map<String, String> metadata = trigger.metadata();
            assertEquals(Set.of("url", "format", "valueLocation", "targetValue"), metadata.keySet());
            assertEquals("http://delivery-worker.postel.svc.cluster.local:" + port + "/metrics", metadata.get("url"));
            assertEquals("prometheus", metadata.get("format"));
            page.check(metadata.get("valueLocation"), "KEDA");
            asked.add(metadata.get("valueLocation").replaceAll("mail_queue_lag\\{queue=\"(.*)\"}", "$1"));
        }
        assertEquals(new TreeSet<>(topics), asked);
    }

    private static List<HorizontalPodAutoscaler> hpas() throws IOException {
        return Manifests.only(HorizontalPodAutoscaler.class, Manifests.in("k8s/components/hpa"));
    }

    private static ScaledObject keda() throws IOException {
        return Manifests.only(ScaledObject.class, Manifests.in("k8s/components/keda")).getFirst();
    }
}
