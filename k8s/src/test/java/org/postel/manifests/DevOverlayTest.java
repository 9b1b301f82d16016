package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kubectl apply -k k8s/overlays/dev} is all that it takes, on a cluster where nothing was made before. */
class DevOverlayTest {

    private static final String DEV = "overlays/dev";
    private static final Set<String> GATEWAYS = Set.of("smtp-gateway", "imap-gateway", "pop3-gateway");

    @TempDir
    Path folder;

    @Test
    void noSecretAndNoConfigMapMustBeThereBefore() throws IOException, InterruptedException {
        List<HasMetadata> resources = rendered(DEV);
        for (Workload workload : Workload.in(resources)) {
            for (Volume volume : workload.pod().getVolumes()) {
                assertTrue(volume.getSecret() == null || Boolean.TRUE.equals(volume.getSecret().getOptional()), workload + " waits for " + volume);
                assertTrue(volume.getConfigMap() == null, workload + " waits for " + volume);
            }
        }
        Set<String> made = Manifests.only(ConfigMap.class, resources).stream().map(map -> map.getMetadata().getName()).collect(Collectors.toSet());
        Workload.in(resources).stream().flatMap(workload -> sources(workload).stream()).forEach(source -> {
            assertNull(source.getSecretKeyRef());
            assertTrue(made.contains(source.getConfigMapKeyRef().getName()), source.getConfigMapKeyRef().getName());
        });
    }

    /** Who tries it knows before whether the cluster has room. */
    @Test
    void readmeSaysWhatItAsksFor() throws IOException, InterruptedException {
        List<Workload> workloads = Workload.in(rendered(DEV));
        assertTrue(Files.readString(Manifests.file("k8s/README.md")).contains("it asks for %.1f and %.1f |".formatted(
                asked(workloads, "cpu"), asked(workloads, "memory") / (1 << 30))), asked(workloads, "cpu") + " " + asked(workloads, "memory"));
    }

    private static double asked(List<Workload> workloads, String resource) {
        return workloads.stream().mapToDouble(workload -> Quantity.getAmountInBytes(workload.container().getResources().getRequests().get(resource)).doubleValue()).sum();
    }

    @Test
    void everyGatewayBeginsWithACertificateOfItsOwn() throws IOException, InterruptedException {
        List<HasMetadata> resources = rendered(DEV);
        List<Workload> withOne = Workload.in(resources).stream().filter(workload -> !workload.pod().getInitContainers().isEmpty()).toList();
        assertEquals(GATEWAYS, withOne.stream().map(Workload::name).collect(Collectors.toSet()));
        for (Workload gateway : withOne) {
            Container first = gateway.pod().getInitContainers().getFirst();
            assertEquals(gateway.container().getImage(), first.getImage(), "it is on the node anyway");
            List<String> folders = first.getCommand().subList(first.getCommand().size() - 2, first.getCommand().size());
            assertEquals("postel-tls", volume(gateway, mount(first, folders.get(0))).getSecret().getSecretName());
            VolumeMount made = mount(first, folders.get(1));
            assertEquals("Memory", volume(gateway, made).getEmptyDir().getMedium(), "a key that is never on a disk");
            assertTrue(!Boolean.TRUE.equals(made.getReadOnly()));
            assertEquals(made.getName(), mount(gateway.container(), made.getMountPath()).getName());
            assertEquals(made.getMountPath() + "/tls.key", ConfigurationTest.environment(gateway.name()).get("POSTEL_TLS_KEY"));
            assertEquals(made.getMountPath() + "/tls.crt", ConfigurationTest.environment(gateway.name()).get("POSTEL_TLS_CERTIFICATE"));
        }
    }

    /** The name that clients ask for; the class is in the image, whose libraries lie where the command looks. */
    @Test
    void theCertificateIsForTheHostAndItsMakerIsInTheImage() throws IOException, InterruptedException {
        List<HasMetadata> resources = rendered(DEV);
        Map<String, String> shared = Manifests.only(ConfigMap.class, resources).stream().filter(map -> map.getMetadata().getName().startsWith("postel-"))
                .findFirst().orElseThrow().getData();
        for (Workload gateway : Workload.in(resources).stream().filter(workload -> GATEWAYS.contains(workload.name())).toList()) {
            Container first = gateway.pod().getInitContainers().getFirst();
            EnvVar hostname = first.getEnv().getFirst();
            assertEquals("POSTEL_HOSTNAME", hostname.getName());
            assertTrue(shared.containsKey(hostname.getValueFrom().getConfigMapKeyRef().getKey()));
            assertTrue(Files.readString(Manifests.file(gateway.name() + "/pom.xml")).contains("<artifactId>postel-certificate</artifactId>"), gateway.name());
            String type = first.getCommand().get(first.getCommand().size() - 3);
            assertTrue(Files.exists(Manifests.file("common/certificate/src/main/java/" + type.replace('.', '/') + ".java")), type);
            String jars = first.getCommand().get(first.getCommand().indexOf("-cp") + 1);
            assertTrue(Files.readString(Manifests.file("Dockerfile")).contains("/target/quarkus-app/lib/ " + jars.substring(0, jars.indexOf("main/*")) + "\n"), jars);
        }
    }

    /** A pod asks for the larger of what its init containers and its containers want. */
    @Test
    void theInitContainerAsksForNoMoreThanTheGateway() throws IOException, InterruptedException {
        for (Workload gateway : Workload.in(rendered(DEV)).stream().filter(workload -> GATEWAYS.contains(workload.name())).toList()) {
            Map<String, Quantity> asked = gateway.pod().getInitContainers().getFirst().getResources().getRequests();
            gateway.container().getResources().getRequests().forEach((name, quantity) -> assertTrue(
                    asked.get(name).getNumericalAmount().compareTo(quantity.getNumericalAmount()) <= 0, gateway + " " + name));
        }
    }

    /** Elsewhere a missing certificate is to be seen. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/production", "overlays/existing-clusters"})
    void noOtherOverlayMakesOne(String overlay) throws IOException, InterruptedException {
        for (Workload workload : Workload.in(rendered(overlay))) {
            assertEquals(List.of(), workload.pod().getInitContainers(), workload.name());
        }
    }

    private List<HasMetadata> rendered(String overlay) throws IOException, InterruptedException {
        return Kustomize.render(folder, overlay, List.of());
    }

    private static List<EnvVarSource> sources(Workload workload) {
        return Stream.concat(workload.pod().getContainers().stream(), workload.pod().getInitContainers().stream())
                .flatMap(container -> container.getEnv().stream()).map(EnvVar::getValueFrom).filter(Objects::nonNull).toList();
    }

    private static VolumeMount mount(Container container, String path) {
        return container.getVolumeMounts().stream().filter(mount -> mount.getMountPath().equals(path)).findFirst().orElseThrow();
    }

    private static Volume volume(Workload workload, VolumeMount mount) {
        return workload.pod().getVolumes().stream().filter(volume -> volume.getName().equals(mount.getName())).findFirst().orElseThrow();
    }
}
