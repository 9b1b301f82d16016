package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pods are told is what the services know; docs/operations.md, which is held against the code, says what that is. */
class ConfigurationTest {

    private static final Pattern PROCESSORS = Pattern.compile("-XX:ActiveProcessorCount=(\\d+)");
    private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1|localhost|\\.postel/");

    static Stream<Workload> services() throws IOException {
        return Workload.services().stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyVariableIsAProperty(Workload service) throws IOException {
        Set<String> known = KnownProperties.variables();
        for (String name : environment(service.name()).keySet()) {
            assertTrue(known.contains(name), name + " is no property of docs/operations.md");
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyFileIsMounted(Workload service) throws IOException {
        List<String> mounts = service.container().getVolumeMounts().stream().map(mount -> mount.getMountPath() + "/").toList();
        for (var variable : environment(service.name()).entrySet()) {
            String value = variable.getValue();
            assertTrue(!value.startsWith("/") || mounts.stream().anyMatch(value::startsWith), variable.toString());
        }
    }

    /** Defaults are for one machine; what they say of addresses and files is wrong in a pod. */
    @Test
    void everyDefaultOfOneMachineIsReplaced() throws IOException {
        Set<String> set = new TreeSet<>();
        for (Workload service : Workload.services()) {
            Map<String, String> variables = environment(service.name());
            set.addAll(variables.keySet());
            KnownProperties.QUARKUS.forEach(host -> assertEquals("0.0.0.0", variables.get(host), host));
        }
        KnownProperties.defaults().forEach((name, byDefault) -> assertTrue(!LOCAL.matcher(byDefault).find() || set.contains(KnownProperties.variable(name)),
                name + " is " + byDefault + " in a cluster"));
    }

    @ParameterizedTest
    @CsvSource({
        "smtp-gateway,smtp,postel.smtp.mx-port", "smtp-gateway,submission,postel.smtp.submission-port",
        "smtp-gateway,submissions,postel.smtp.submissions-port", "imap-gateway,imap,postel.imap.imap-port", "imap-gateway,imaps,postel.imap.imaps-port",
        "pop3-gateway,pop3,postel.pop3.port", "pop3-gateway,pop3s,postel.pop3.tls-port", "mailbox-service,grpc,postel.mailbox.grpc.port"})
    void containerPortIsTheDefault(String service, String port, String property) throws IOException {
        Optional<String> byDefault = Optional.ofNullable(KnownProperties.defaults().get(property));
        assertEquals(byDefault, Optional.of(String.valueOf(workload(service).ports().get(port))), property);
    }

    @ParameterizedTest
    @MethodSource("services")
    void managementPortIsTheOneTheServiceOpens(Workload service) throws IOException {
        Properties properties = Drain.settings(service.name());
        assertEquals(properties.getProperty("quarkus.management.port"),
                String.valueOf(service.ports().get("management")));
        if (service.ports().containsKey("web")) {
            assertEquals(properties.getProperty("quarkus.http.port"), String.valueOf(service.ports().get("web")));
        }
    }

    /** Threads and buffers are made by the number of processors, and the memory was measured with few. */
    @ParameterizedTest
    @MethodSource("services")
    void javaPlansWithFewProcessorsWhereNothingLimitsThem(Workload service) throws IOException {
        assertFalse(service.container().getResources().getLimits().containsKey("cpu"), "then it need not be told");
        Matcher processors = PROCESSORS.matcher(environment(service.name()).getOrDefault("JDK_JAVA_OPTIONS", ""));
        assertTrue(processors.find() && Integer.parseInt(processors.group(1)) <= 8, service.name());
    }

    @Test
    void everyServiceReadsTheSharedConfigAndItsOwn() throws IOException {
        for (Workload service : Workload.services()) {
            assertEquals(List.of("postel", service.name()),
                    service.container().getEnvFrom().stream().map(source -> source.getConfigMapRef().getName()).toList());
        }
    }

    /** The variables of a service: from the shared ConfigMap, then from its own. */
    static Map<String, String> environment(String service) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode generated : Manifests.kustomization("k8s/base").get("configMapGenerator")) {
            if (Set.of("postel", service).contains(generated.get("name").asText())) {
                for (String line : Files.readAllLines(Manifests.file("k8s/base/" + generated.get("envs").get(0).asText()))) {
                    if (!line.startsWith("#") && !line.isBlank()) {
                        String[] variable = line.split("=", 2);
                        variables.put(variable[0], variable[1]);
                    }
                }
            }
        }
        return variables;
    }

    private static Workload workload(String name) throws IOException {
        return Workload.services().stream().filter(workload -> workload.name().equals(name)).findFirst().orElseThrow();
    }
}
