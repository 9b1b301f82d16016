package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay with every component, with every two of them and with all: kubectl builds it, and it keeps the rules. */
class RenderedTest {

    private static final String PRODUCTION = "overlays/production";
    private static final List<String> OVERLAYS = List.of("overlays/dev", PRODUCTION, "overlays/existing-clusters");
    private static final String BACKUP = "backup";

    @TempDir
    Path folder;

    static Stream<Arguments> combinations() throws IOException {
        List<String> all = components();
        List<Arguments> found = new ArrayList<>();
        for (String overlay : OVERLAYS) {
            // Backups are K8ssandra's.
            List<String> there = all.stream().filter(component -> overlay.equals(PRODUCTION) || !component.equals(BACKUP)).toList();
            found.add(Arguments.of(overlay, List.of()));
            found.add(Arguments.of(overlay, there));
            there.forEach(component -> found.add(Arguments.of(overlay, List.of(component))));
        }
        for (int first = 0; first < all.size(); first++) {
            for (int second = first + 1; second < all.size(); second++) {
                found.add(Arguments.of(PRODUCTION, List.of(all.get(first), all.get(second))));
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void combinationKeepsTheRules(String overlay, List<String> components) throws IOException, InterruptedException {
        List<HasMetadata> resources = Kustomize.render(folder, overlay, components);
        Set<String> seen = new HashSet<>();
        for (HasMetadata resource : resources) {
            assertTrue(seen.add(resource.getKind() + " " + resource.getMetadata().getName()), resource.getMetadata().getName());
            assertTrue(resource.getKind().equals("Namespace") || "postel".equals(resource.getMetadata().getNamespace()),
                    resource.getMetadata().getName());
        }
        for (Workload workload : Workload.in(resources)) {
            Restricted.check(workload);
        }
        servicesLeadToPods(resources);
        configurationIsThere(resources);
        autoscalersHaveTheirDeployments(resources);
    }

    @Test
    void proxyPortsTakeThePlaceOfTheOthers() throws IOException, InterruptedException {
        List<HasMetadata> resources = Kustomize.render(folder, PRODUCTION, List.of("proxy-protocol"));
        Map<String, String> environment = environment(resources, "smtp-gateway");
        Service smtp = named(Service.class, resources, "smtp-gateway");
        Workload workload = Workload.in(resources).stream().filter(any -> any.name().equals("smtp-gateway")).findFirst().orElseThrow();
        Map<Integer, String> ports = smtp.getSpec().getPorts().stream().collect(Collectors.toMap(ServicePort::getPort,
                port -> String.valueOf(workload.ports().get(port.getTargetPort().getStrVal()))));
        assertEquals(Map.of(25, environment.get("POSTEL_SMTP_PROXY_MX_PORT"), 587, environment.get("POSTEL_SMTP_PROXY_SUBMISSION_PORT"),
                465, environment.get("POSTEL_SMTP_PROXY_SUBMISSIONS_PORT")), ports);
        assertFalse(environment.get("POSTEL_SMTP_PROXY_TRUSTED").isBlank());
    }

    /** A file that the service is told of is in a volume of its pod, from a Secret that need not be there. */
    @Test
    void secretOfTheIssuersClientIsMounted() throws IOException, InterruptedException {
        List<HasMetadata> resources = Kustomize.render(folder, PRODUCTION, List.of("openid"));
        Workload workload = Workload.in(resources).stream().filter(any -> any.name().equals("mailbox-service")).findFirst().orElseThrow();
        Path file = Path.of(environment(resources, "mailbox-service").get("POSTEL_MAILBOX_OAUTH_SIGN_IN_CLIENT_SECRET_FILE"));
        VolumeMount mount = workload.container().getVolumeMounts().stream().filter(each -> Path.of(each.getMountPath()).equals(file.getParent())).findFirst().orElseThrow();
        assertTrue(mount.getReadOnly());
        SecretVolumeSource secret = workload.pod().getVolumes().stream().filter(volume -> volume.getName().equals(mount.getName())).findFirst().orElseThrow().getSecret();
        assertEquals("postel-openid", secret.getSecretName());
        assertTrue(secret.getOptional());
    }

    /** The files that sign profiles are those that the gateways show. */
    @Test
    void certificateOfTheMailServersSignsProfiles() throws IOException, InterruptedException {
        List<HasMetadata> resources = Kustomize.render(folder, PRODUCTION, List.of("signed-profiles"));
        Map<String, String> pages = environment(resources, "mailbox-service");
        Map<String, String> gateway = environment(resources, "imap-gateway");
        assertEquals(gateway.get("POSTEL_TLS_CERTIFICATE"), pages.get("POSTEL_MAILBOX_PROFILE_CERTIFICATE"));
        assertEquals(gateway.get("POSTEL_TLS_KEY"), pages.get("POSTEL_MAILBOX_PROFILE_KEY"));
        assertEquals(tlsVolume(resources, "imap-gateway"), tlsVolume(resources, "mailbox-service"));
    }

    /** What a workload sees where the certificate lies. */
    private static SecretVolumeSource tlsVolume(List<HasMetadata> resources, String name) {
        Workload workload = Workload.in(resources).stream().filter(any -> any.name().equals(name)).findFirst().orElseThrow();
        VolumeMount mount = workload.container().getVolumeMounts().stream().filter(each -> each.getMountPath().equals("/etc/postel/tls")).findFirst().orElseThrow();
        return workload.pod().getVolumes().stream().filter(volume -> volume.getName().equals(mount.getName())).findFirst().orElseThrow().getSecret();
    }

    /** Quarkus has exemplars in that form only, and answers in another where a scraper would take that too. */
    @Test
    void tracesAreLinkedToWhereTheyAreRecorded() throws IOException, InterruptedException {
        assertEquals(List.of("OpenMetricsText1.0.0"), scraped(List.of("monitoring", "tracing")));
        assertEquals(List.of(), scraped(List.of("monitoring")));
    }

    private List<String> scraped(List<String> components) throws IOException, InterruptedException {
        return named(PodMonitor.class, Kustomize.render(folder, PRODUCTION, components), "postel").getSpec().getScrapeProtocols();
    }

    private static void servicesLeadToPods(List<HasMetadata> resources) {
        List<Workload> workloads = Workload.in(resources);
        for (Service service : Manifests.only(Service.class, resources)) {
            List<Workload> behind = workloads.stream()
                    .filter(workload -> workload.labels().entrySet().containsAll(service.getSpec().getSelector().entrySet())).toList();
            assertEquals(1, behind.size(), service.getMetadata().getName());
            for (ServicePort port : service.getSpec().getPorts()) {
                assertTrue(behind.getFirst().ports().containsKey(port.getTargetPort().getStrVal()), service.getMetadata().getName() + " " + port.getName());
            }
        }
    }

    private static void configurationIsThere(List<HasMetadata> resources) throws IOException {
        Set<String> maps = Manifests.only(ConfigMap.class, resources).stream().map(map -> map.getMetadata().getName()).collect(Collectors.toSet());
        Set<String> known = KnownProperties.variables();
        for (Workload workload : Workload.in(resources)) {
            workload.container().getEnvFrom().stream().filter(source -> source.getConfigMapRef() != null)
                    .forEach(source -> assertTrue(maps.contains(source.getConfigMapRef().getName()), source.getConfigMapRef().getName()));
            for (String variable : environment(resources, workload.name()).keySet()) {
                assertTrue(known.contains(variable), variable + " is no property of docs/operations.md");
            }
        }
    }

    private static void autoscalersHaveTheirDeployments(List<HasMetadata> resources) {
        Map<String, Deployment> deployments = Manifests.only(Deployment.class, resources).stream()
                .collect(Collectors.toMap(deployment -> deployment.getMetadata().getName(), deployment -> deployment));
        Stream<String> scaled = Stream.concat(
                Manifests.only(HorizontalPodAutoscaler.class, resources).stream().map(scaler -> scaler.getSpec().getScaleTargetRef().getName()),
                Manifests.only(ScaledObject.class, resources).stream().map(scaler -> scaler.getSpec().scaleTargetRef().name()));
        Set<String> seen = new HashSet<>();
        scaled.forEach(name -> {
            assertTrue(seen.add(name), name + " is scaled by two");
            // kubectl apply would set back what the autoscaler chose.
            assertEquals(null, deployments.get(name).getSpec().getReplicas(), name);
        });
    }

    /** What the ConfigMaps of a workload say. */
    private static Map<String, String> environment(List<HasMetadata> resources, String workload) {
        Workload found = Workload.in(resources).stream().filter(any -> any.name().equals(workload)).findFirst().orElseThrow();
        return found.container().getEnvFrom().stream().filter(source -> source.getConfigMapRef() != null)
                .flatMap(source -> named(ConfigMap.class, resources, source.getConfigMapRef().getName()).getData().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T extends HasMetadata> T named(Class<T> type, List<HasMetadata> resources, String name) {
        return Manifests.only(type, resources).stream().filter(resource -> resource.getMetadata().getName().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> components() throws IOException {
        return Manifests.kustomizations().stream().filter(path -> path.startsWith("k8s/components/"))
                .map(path -> path.substring("k8s/components/".length())).toList();
    }
}
