package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests fit together. */
class ResourcesTest {

    private static final Set<String> SERVICES = Set.of("smtp-gateway", "imap-gateway", "pop3-gateway", "delivery-worker", "mailbox-service");

    @Test
    void fiveServicesAreThere() throws IOException {
        assertEquals(SERVICES, Workload.services().stream().map(Workload::name).collect(Collectors.toSet()));
    }

    @Test
    void unknownFieldsAreRefused() throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode service = json.valueToTree(Manifests.only(Service.class, Manifests.base()).getFirst());
        Manifests.read(service);
        ((ObjectNode) service.get("spec")).put("selektor", "x");
        assertThrows(JsonMappingException.class, () -> Manifests.read(service));
    }

    @Test
    void namesAreUniqueWithinTheirKind() throws IOException {
        Set<String> seen = new HashSet<>();
        for (HasMetadata resource : Manifests.all()) {
            assertTrue(seen.add(resource.getKind() + " " + resource.getMetadata().getName()), resource.getMetadata().getName());
        }
    }

    @Test
    void selectorsMatchTheirPods() throws IOException {
        Map<String, Workload> workloads = Workload.all().stream().collect(Collectors.toMap(Workload::name, workload -> workload));
        workloads.values().forEach(workload -> assertEquals(workload.labels(), workload.selector().getMatchLabels(), workload.name()));
        for (Service service : Manifests.only(Service.class, Manifests.all())) {
            assertEquals(service.getSpec().getSelector(), behind(service).labels(), service.getMetadata().getName());
        }
        for (PodDisruptionBudget budget : Manifests.only(PodDisruptionBudget.class, Manifests.all())) {
            assertEquals(workloads.get(budget.getMetadata().getName()).labels(), budget.getSpec().getSelector().getMatchLabels());
        }
    }

    @Test
    void everyServiceHasAnIdentityAndMayLoseOnePodAtATime() throws IOException {
        assertTrue(names(ServiceAccount.class).containsAll(SERVICES));
        assertEquals(SERVICES, names(PodDisruptionBudget.class));
        for (PodDisruptionBudget budget : Manifests.only(PodDisruptionBudget.class, Manifests.base())) {
            assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
            // None is ready where Cassandra is away, and a node must be emptied all the same.
            assertEquals("AlwaysAllow", budget.getSpec().getUnhealthyPodEvictionPolicy());
        }
        Workload.services().forEach(workload -> assertEquals(workload.name(), workload.pod().getServiceAccountName()));
    }

    @Test
    void servicePortsLeadToContainerPorts() throws IOException {
        for (Service service : Manifests.only(Service.class, Manifests.all())) {
            Map<String, Integer> ports = behind(service).ports();
            for (ServicePort port : service.getSpec().getPorts()) {
                Integer container = ports.get(port.getTargetPort().getStrVal());
                // A headless Service translates no ports.
                boolean headless = "None".equals(service.getSpec().getClusterIP());
                assertEquals(headless ? port.getPort() : container, container, service.getMetadata().getName() + " " + port.getName());
            }
        }
    }

    @Test
    void mailPortsAreTheRegisteredOnes() throws IOException {
        Map<String, Map<String, Integer>> ports = Manifests.only(Service.class, Manifests.base()).stream()
                .collect(Collectors.toMap(service -> service.getMetadata().getName(), service -> service.getSpec().getPorts().stream()
                        .collect(Collectors.toMap(ServicePort::getName, ServicePort::getPort))));
        assertEquals(Map.of("smtp", 25, "submission", 587, "submissions", 465), ports.get("smtp-gateway"));
        assertEquals(Map.of("imap", 143, "imaps", 993), ports.get("imap-gateway"));
        assertEquals(Map.of("pop3", 110, "pop3s", 995), ports.get("pop3-gateway"));
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void kustomizationListsEveryFile(String folder) throws IOException {
        Set<String> listed = new TreeSet<>();
        Manifests.kustomization(folder).path("resources").forEach(resource -> listed.add(resource.asText()));
        listed.remove("../../base");
        assertEquals(new TreeSet<>(Manifests.files(folder)), listed);
    }

    /** Also where there is no kubectl to build it. */
    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyResourceIsOfAKnownKind(String folder) throws IOException {
        for (HasMetadata resource : Manifests.in(folder)) {
            assertTrue(resource.getMetadata().getName() != null, folder);
        }
    }

    @Test
    void overlayNamesOnlyWhatTheBaseHas() throws IOException {
        JsonNode dev = Manifests.kustomization("k8s/overlays/dev");
        dev.get("replicas").forEach(replicas -> assertTrue(SERVICES.contains(replicas.get("name").asText())));
        Set<String> images = Workload.services().stream().map(workload -> workload.container().getImage()).collect(Collectors.toSet());
        Set<String> tagged = new HashSet<>();
        dev.get("images").forEach(image -> tagged.add(image.get("name").asText()));
        assertEquals(images, tagged);
    }

    @Test
    void imagesOfOthersHaveTheVersionOfTheBuild() throws IOException {
        String pom = Files.readString(Manifests.file("pom.xml"));
        for (Workload workload : Workload.all().stream().filter(any -> !SERVICES.contains(any.name())).toList()) {
            String version = workload.container().getImage().split(":")[1];
            assertTrue(pom.contains("<" + workload.name() + ".version>" + version + "</"), workload.container().getImage());
        }
    }

    @Test
    void imageRunsAsTheUserOfThePods() throws IOException {
        List<String> dockerfile = Files.readAllLines(Manifests.file("Dockerfile"));
        for (Workload workload : Workload.services()) {
            var context = workload.pod().getSecurityContext();
            assertTrue(dockerfile.contains("USER " + context.getRunAsUser() + ":" + context.getRunAsGroup()), workload.name());
        }
    }

    /** Of the Java that the build wants, to the build number, and of one named distribution. */
    @Test
    void imageIsMadeOfOneExactRelease() throws IOException {
        Matcher java = Pattern.compile("<maven.compiler.release>(\\d+)</").matcher(Files.readString(Manifests.file("common/parent/pom.xml"))
                + Files.readString(Manifests.file("pom.xml")));
        assertTrue(java.find());
        Pattern exact = Pattern.compile("ARG BASE=eclipse-temurin:" + java.group(1) + "\\.\\d+\\.\\d+(\\.\\d+)?_\\d+-jre-[a-z0-9]+");
        List<String> lines = Files.readAllLines(Manifests.file("Dockerfile"));
        assertEquals(1, lines.stream().filter(exact.asMatchPredicate()).count());
        assertEquals(List.of("FROM ${BASE}"), lines.stream().filter(line -> line.startsWith("FROM ")).toList());
        assertFalse(Files.readString(Manifests.file("local/images/build")).contains("eclipse-temurin:"), "it reads the one of the Dockerfile");
    }

    static List<String> kustomizations() throws IOException {
        return Manifests.kustomizations();
    }

    private static Workload behind(Service service) throws IOException {
        return Workload.all().stream().filter(workload -> workload.labels().equals(service.getSpec().getSelector())).findFirst().orElseThrow();
    }

    private static <T extends HasMetadata> Set<String> names(Class<T> type) throws IOException {
        return Manifests.only(type, Manifests.base()).stream().map(resource -> resource.getMetadata().getName()).collect(Collectors.toSet());
    }
}
