package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SAFETY promise 12: the component lets through the arrows of the table in ARCHITECTURE.md, from both of their ends, and nothing else. */
class NetworkPolicyTest {

    private static final String NAME = "app.kubernetes.io/name";
    private static final Set<String> OUTSIDE = Set.of("kafka", "cassandra");
    private static final Map<String, Integer> MAIN_PORT = Map.of("mailbox-service", 9090, "kafka", 9092, "cassandra", 9042);

    /** From the table's column "Talks to". */
    private static final Set<String> ARROWS = Set.of(
            "smtp-gateway -> kafka", "smtp-gateway -> mailbox-service",
            "delivery-worker -> kafka", "delivery-worker -> mailbox-service",
            "imap-gateway -> mailbox-service", "imap-gateway -> kafka",
            "pop3-gateway -> mailbox-service",
            "mailbox-service -> cassandra", "mailbox-service -> kafka");

    @Test
    void architectureSaysTheSame() throws IOException {
        Set<String> said = new TreeSet<>();
        for (String line : Files.readAllLines(Manifests.file("ARCHITECTURE.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length == 4 && Manifests.file(cells[1].strip() + "/pom.xml").toFile().exists()) {
                Stream.of("kafka", "mailbox-service", "cassandra").filter(cells[3].toLowerCase(Locale.ROOT)::contains)
                        .forEach(target -> said.add(cells[1].strip() + " -> " + target));
            }
        }
        assertEquals(new TreeSet<>(ARROWS), said);
    }

    @Test
    void nothingGoesUnlessAPolicyLetsIt() throws IOException {
        NetworkPolicy all = named("postel");
        assertEquals(Map.of("app.kubernetes.io/part-of", "postel"), all.getSpec().getPodSelector().getMatchLabels());
        assertEquals(Set.of("Ingress", "Egress"), Set.copyOf(all.getSpec().getPolicyTypes()));
        assertTrue(all.getSpec().getIngress().isEmpty() && all.getSpec().getEgress().isEmpty());
    }

    /** All pods, but to that namespace and that port only. */
    @Test
    void spansGoWhereTheComponentSendsThem() throws IOException {
        URI collector = URI.create(literal("tracing", "POSTEL_TRACING_ENDPOINT"));
        NetworkPolicy tracing = Manifests.only(NetworkPolicy.class, Manifests.in("k8s/components/network-policy")).stream()
                .filter(policy -> policy.getMetadata().getName().equals("tracing")).findFirst().orElseThrow();
        assertEquals(List.of("Egress"), tracing.getSpec().getPolicyTypes());
        NetworkPolicyEgressRule rule = tracing.getSpec().getEgress().getFirst();
        assertEquals(Set.of(collector.getPort()), numbers(rule.getPorts()));
        assertEquals(Map.of("kubernetes.io/metadata.name", collector.getHost().substring(collector.getHost().indexOf('.') + 1)),
                rule.getTo().getFirst().getNamespaceSelector().getMatchLabels());
    }

    private static String literal(String component, String name) throws IOException {
        for (JsonNode map : Manifests.kustomization("k8s/components/" + component).path("configMapGenerator")) {
            for (JsonNode literal : map.path("literals")) {
                if (literal.asText().startsWith(name + "=")) {
                    return literal.asText().substring(name.length() + 1);
                }
            }
        }
        throw new AssertionError(component + " sets no " + name);
    }

    @Test
    void servicesMayCallWhomTheyCall() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Workload workload : Workload.services()) {
            for (NetworkPolicyEgressRule rule : named(workload.name()).getSpec().getEgress()) {
                names(rule.getTo()).forEach(target -> {
                    assertEquals(Set.of(MAIN_PORT.get(target)), numbers(rule.getPorts()), target);
                    found.add(workload.name() + " -> " + target);
                });
            }
        }
        assertEquals(new TreeSet<>(ARROWS), found);
    }

    @Test
    void nobodyElseIsLetIn() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String target : List.of("mailbox-service", "kafka", "cassandra", "smtp-gateway", "imap-gateway", "pop3-gateway", "delivery-worker")) {
            for (NetworkPolicyIngressRule rule : named(target).getSpec().getIngress()) {
                names(rule.getFrom()).stream().filter(source -> !source.equals(target))
                        .forEach(source -> found.add(source + " -> " + target));
            }
        }
        assertEquals(new TreeSet<>(ARROWS), found);
    }

    /** Helm charts and kustomizations label the same pods differently. */
    @Test
    void operatorsOfCassandraAreLetInHoweverTheyWereInstalled() throws IOException {
        Set<String> told = new TreeSet<>();
        named("cassandra").getSpec().getIngress().stream().filter(rule -> numbers(rule.getPorts()).equals(Set.of(8080, 50051)))
                .flatMap(rule -> rule.getFrom().stream()).map(NetworkPolicyPeer::getPodSelector).forEach(selector -> {
                    selector.getMatchLabels().forEach((key, value) -> told.add(key + "=" + value));
                    selector.getMatchExpressions().forEach(any -> any.getValues().forEach(value -> told.add(any.getKey() + "=" + value)));
                });
        assertEquals(Set.of("app.kubernetes.io/name=cass-operator", "app.kubernetes.io/name=k8ssandra-operator",
                "name=cass-operator", "control-plane=k8ssandra-operator"), told);
    }

    /** Its tables are in the cluster that it repairs: without CQL it does not start, and nothing is repaired. */
    @Test
    void reaperReachesTheManagementApiAndItsTables() throws IOException {
        List<Set<Integer>> ports = named("cassandra").getSpec().getIngress().stream()
                .filter(rule -> rule.getFrom().stream().map(NetworkPolicyPeer::getPodSelector).flatMap(selector -> selector.getMatchExpressions().stream())
                        .anyMatch(expression -> expression.getKey().equals("k8ssandra.io/reaper")))
                .map(rule -> numbers(rule.getPorts())).toList();
        assertEquals(List.of(Set.of(8080, 9042)), ports);
        K8ssandraCluster cluster = Manifests.only(K8ssandraCluster.class, Manifests.in("k8s/overlays/production")).getFirst();
        assertTrue(cluster.getSpec().reaper().httpManagement().enabled(), "JMX is another port");
    }

    /** DNS for all; other domains for delivery-worker; the API server and an issuer of tokens for mailbox-service. */
    @Test
    void whatElseMayBeCalled() throws IOException {
        for (Workload workload : Workload.services()) {
            List<NetworkPolicyEgressRule> others = named(workload.name()).getSpec().getEgress().stream().filter(rule -> names(rule.getTo()).isEmpty()).toList();
            Set<Set<Integer>> ports = others.stream().map(rule -> numbers(rule.getPorts())).collect(Collectors.toSet());
            assertEquals(switch (workload.name()) {
                case "delivery-worker" -> Set.of(Set.of(53), Set.of(25, 443));
                case "mailbox-service" -> Set.of(Set.of(53), Set.of(443, 6443));
                default -> Set.of(Set.of(53));
            }, ports, workload.name());
        }
    }

    /** A record in DNS of another domain must not lead a worker to what is inside. */
    @Test
    void otherDomainsAreNeverInside() throws IOException {
        List<String> except = named("delivery-worker").getSpec().getEgress().stream().flatMap(rule -> rule.getTo().stream())
                .filter(peer -> peer.getIpBlock() != null).flatMap(peer -> peer.getIpBlock().getExcept().stream()).toList();
        assertTrue(except.containsAll(List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")), except.toString());
    }

    @Test
    void mailPortsAreOpenForAnybodyAndNoOtherIs() throws IOException {
        Map<String, String> properties = KnownProperties.defaults();
        for (Workload gateway : Workload.services().stream().filter(workload -> workload.name().endsWith("-gateway")).toList()) {
            List<NetworkPolicyIngressRule> open = named(gateway.name()).getSpec().getIngress().stream().filter(rule -> rule.getFrom().isEmpty()).toList();
            assertEquals(1, open.size());
            Set<Integer> mail = gateway.ports().entrySet().stream().filter(port -> !port.getKey().equals("management"))
                    .map(Map.Entry::getValue).collect(Collectors.toSet());
            assertTrue(numbers(open.getFirst().getPorts()).containsAll(mail), gateway.name());
            numbers(open.getFirst().getPorts()).stream().filter(port -> !mail.contains(port))
                    .forEach(port -> assertTrue(componentPorts(gateway.name()).contains(port), gateway.name() + " " + port));
        }
        assertEquals("-", properties.getOrDefault("postel.smtp.lmtp.port", "-"), "closed unless the component opens it");
    }

    /** Those that the components open, which check with whom they talk. */
    private static Set<Integer> componentPorts(String gateway) {
        Set<Integer> found = new TreeSet<>();
        for (String component : List.of("proxy-protocol", "lmtp")) {
            try {
                Manifests.kustomization("k8s/components/" + component).path("configMapGenerator").forEach(map -> {
                    if (map.get("name").asText().equals(gateway)) {
                        map.get("literals").forEach(literal -> {
                            String[] variable = literal.asText().split("=");
                            if (variable[0].endsWith("PORT")) {
                                found.add(Integer.valueOf(variable[1]));
                            }
                        });
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static NetworkPolicy named(String name) throws IOException {
        List<HasMetadata> policies = Manifests.in("k8s/components/network-policy");
        NetworkPolicy found = Manifests.only(NetworkPolicy.class, policies).stream()
                .filter(policy -> policy.getMetadata().getName().equals(name)).findFirst().orElseThrow();
        if (!name.equals("postel")) {
            assertEquals(Map.of(NAME, name), found.getSpec().getPodSelector().getMatchLabels());
            assertEquals(OUTSIDE.contains(name) ? Set.of("Ingress") : Set.of("Ingress", "Egress"), Set.copyOf(found.getSpec().getPolicyTypes()));
        }
        return found;
    }

    /** The programs that peers name. */
    private static Set<String> names(List<NetworkPolicyPeer> peers) {
        return peers.stream().map(NetworkPolicyPeer::getPodSelector).filter(selector -> selector != null && selector.getMatchLabels() != null)
                .map(LabelSelector::getMatchLabels).filter(labels -> labels.containsKey(NAME)).map(labels -> labels.get(NAME)).collect(Collectors.toSet());
    }

    private static Set<Integer> numbers(List<NetworkPolicyPort> ports) {
        return ports.stream().map(NetworkPolicyPort::getPort).map(IntOrString::getIntVal).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
