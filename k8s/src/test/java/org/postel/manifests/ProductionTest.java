package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1alpha3.TLSRoute;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Three copies of everything that is acknowledged, in three zones, and names that fit together. */
class ProductionTest {

    private static final String PRODUCTION = "k8s/overlays/production";
    private static final Pattern TOPIC = Pattern.compile("public static final String \\w+ = \"([a-z]+\\.[a-z.]+)\";");

    @Test
    void topicsAreThoseOfTheQueue() throws IOException {
        Set<String> expected = new TreeSet<>();
        Matcher topic = TOPIC.matcher(Files.readString(Manifests.file("common/queue/src/main/java/org/postel/queue/Topics.java")));
        while (topic.find()) {
            expected.add(topic.group(1));
        }
        Arrays.stream(KnownProperties.defaults().get("postel.queue.retry-tiers").split(",")).forEach(tier -> expected.add("mail.retry." + tier));
        assertEquals(expected, topics().stream().map(found -> found.getMetadata().getName()).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyTopicAcknowledgesWithTwoOfThreeCopies() throws IOException {
        for (KafkaTopic topic : topics()) {
            assertEquals(3, topic.getSpec().getReplicas(), topic.getMetadata().getName());
            assertEquals("2", String.valueOf(topic.getSpec().getConfig().get("min.insync.replicas")), topic.getMetadata().getName());
        }
        for (String factor : List.of("default.replication.factor", "offsets.topic.replication.factor", "transaction.state.log.replication.factor",
                "share.coordinator.state.topic.replication.factor")) {
            assertEquals("3", String.valueOf(kafka().getSpec().getKafka().getConfig().get(factor)), factor);
        }
        assertEquals("2", String.valueOf(kafka().getSpec().getKafka().getConfig().get("share.coordinator.state.topic.min.isr")));
        assertEquals("3", variables("delivery-worker").get("POSTEL_QUEUE_REPLICATION_FACTOR"));
    }

    /** Mail never expires by the broker's clock; what a record may have of octets is what the producer sends. */
    @Test
    void topicsHaveTheSettingsOfTheQueue() throws IOException {
        String settings = Files.readString(Manifests.file("common/queue/src/main/java/org/postel/queue/QueueSettings.java"));
        assertTrue(settings.contains("DEFAULT_MAX_RECORD_BYTES = 1 << 20"), "then max.message.bytes is another");
        Map<String, String> partitions = new TreeMap<>();
        for (KafkaTopic topic : topics()) {
            String name = topic.getMetadata().getName();
            assertEquals(String.valueOf((1 << 20) + 64 * 1024), String.valueOf(topic.getSpec().getConfig().get("max.message.bytes")), name);
            if (name.startsWith("mail.") && !Set.of("mail.trace", "mail.orders").contains(name)) {
                assertEquals("-1", String.valueOf(topic.getSpec().getConfig().get("retention.ms")), name);
            }
            partitions.put(name, String.valueOf(topic.getSpec().getPartitions()));
        }
        partitions.forEach((name, number) -> assertTrue(!name.startsWith("mail.retry.") || number.equals("1"), name + " is in due order"));
        assertEquals(variables("delivery-worker").get("POSTEL_QUEUE_PARTITIONS"), partitions.get("mail.accepted"));
    }

    @Test
    void kafkaIsTheOneOfTheBuildAndKnowsItsPods() throws IOException {
        assertTrue(Files.readString(Manifests.file("pom.xml")).contains("<kafka.version>" + kafka().getSpec().getKafka().getVersion() + "</"));
        assertEquals("false", kafka().getSpec().getKafka().getConfig().get("unclean.leader.election.enable"));
        for (KafkaNodePool pool : Manifests.only(KafkaNodePool.class, Manifests.in(PRODUCTION))) {
            assertEquals(kafka().getMetadata().getName(), pool.getMetadata().getLabels().get("strimzi.io/cluster"));
            assertEquals(3, pool.getSpec().getReplicas());
            assertEquals("DoNotSchedule", pool.getSpec().getTemplate().getPod().getTopologySpreadConstraints().getFirst().getWhenUnsatisfiable());
        }
        assertEquals(kafka().getMetadata().getName() + "-kafka-bootstrap:9092", variables("postel").get("POSTEL_QUEUE_BOOTSTRAP_SERVERS"));
        List<String> callers = kafka().getSpec().getKafka().getListeners().getFirst().getNetworkPolicyPeers().getFirst().getPodSelector()
                .getMatchExpressions().getFirst().getValues();
        assertEquals(Set.of("smtp-gateway", "imap-gateway", "delivery-worker", "mailbox-service"), Set.copyOf(callers));
    }

    /** Each lane of a worker is a member of a share group, and Kafka refuses who is over its limit. */
    @Test
    void shareGroupsHaveRoomForAllWorkers() throws IOException {
        int workers = Manifests.only(ScaledObject.class, Manifests.in("k8s/components/keda")).getFirst().getSpec().maxReplicaCount();
        int room = Integer.parseInt(String.valueOf(kafka().getSpec().getKafka().getConfig().get("group.share.max.size")));
        for (String lanes : List.of("postel.delivery.route.lanes", "postel.delivery.relay.lanes", "postel.delivery.relay.slow.lanes")) {
            assertTrue(workers * Integer.parseInt(KnownProperties.defaults().get(lanes)) <= room, lanes);
        }
    }

    @Test
    void everyRowIsInThreeZones() throws IOException {
        K8ssandraCluster cassandra = Manifests.only(K8ssandraCluster.class, Manifests.in(PRODUCTION)).getFirst();
        K8ssandraCluster.Datacenter datacenter = cassandra.getSpec().cassandra().datacenters().getFirst();
        assertEquals(3, datacenter.racks().stream().map(rack -> rack.nodeAffinityLabels().get("topology.kubernetes.io/zone")).distinct().count());
        assertEquals(0, datacenter.size() % 3);
        Map<String, String> variables = variables("mailbox-service");
        String name = cassandra.getMetadata().getName();
        String dc = datacenter.metadata().name();
        assertEquals(name + "-" + dc + "-service:9042", variables.get("POSTEL_MAILBOX_CASSANDRA_CONTACT_POINTS"));
        assertEquals(dc, variables.get("POSTEL_MAILBOX_CASSANDRA_DATACENTER"));
        assertEquals("{'class': 'NetworkTopologyStrategy', '" + dc + "': 3}", variables.get("POSTEL_MAILBOX_CASSANDRA_REPLICATION"));
        assertEquals(name + "-superuser", variables.get("POSTEL_MAILBOX_CASSANDRA_USERNAME"));
        assertEquals(dc, Manifests.only(MedusaBackupSchedule.class, Manifests.in("k8s/components/backup")).getFirst().getSpec().backupSpec().cassandraDatacenter());
        assertTrue(Files.readString(Manifests.file("pom.xml")).contains("<cassandra.version>" + cassandra.getSpec().cassandra().serverVersion() + "</"));
    }

    @Test
    void certificateIsForTheHostAndTheSecretThatIsMounted() throws IOException {
        Certificate certificate = Manifests.only(Certificate.class, Manifests.in("k8s/components/cert-manager")).getFirst();
        assertEquals(List.of(ConfigurationTest.environment("smtp-gateway").get("POSTEL_HOSTNAME")), certificate.getSpec().getDnsNames());
        assertEquals("PKCS8", certificate.getSpec().getPrivateKey().getEncoding());
        for (Workload gateway : Workload.services().stream().filter(workload -> workload.name().endsWith("-gateway")).toList()) {
            assertTrue(gateway.pod().getVolumes().stream().anyMatch(volume -> volume.getSecret() != null
                    && volume.getSecret().getSecretName().equals(certificate.getSpec().getSecretName())), gateway.name());
        }
    }

    @Test
    void gatewayHasThePortsOfTheServicesAndEndsNoTlsOfMail() throws IOException {
        var resources = Manifests.in("k8s/components/gateway-api");
        List<Listener> listeners = Manifests.only(Gateway.class, resources).getFirst().getSpec().getListeners();
        assertEquals(Set.of(25, 587, 465, 143, 993, 110, 995, 443), listeners.stream().map(Listener::getPort).collect(Collectors.toSet()));
        listeners.stream().filter(listener -> listener.getProtocol().equals("TLS")).forEach(listener -> assertEquals("Passthrough", listener.getTls().getMode()));
        for (TLSRoute route : Manifests.only(TLSRoute.class, resources)) {
            assertEquals(List.of(ConfigurationTest.environment("smtp-gateway").get("POSTEL_HOSTNAME")), route.getSpec().getHostnames());
        }
        Set<String> sections = listeners.stream().map(Listener::getName).collect(Collectors.toSet());
        assertEquals(sections, resources.stream().map(resource -> resource.getMetadata().getName()).filter(name -> !name.equals("postel")).collect(Collectors.toSet()));
    }

    @Test
    void nobodyIsTrustedUntilAnOverlayNamesThem() throws IOException {
        for (String component : List.of("proxy-protocol", "lmtp")) {
            Manifests.kustomization("k8s/components/" + component).get("configMapGenerator").forEach(map -> map.get("literals").forEach(literal -> {
                if (literal.asText().contains("TRUSTED")) {
                    assertTrue(literal.asText().endsWith("=192.0.2.0/24"), literal.asText());
                }
            }));
        }
    }

    private static Kafka kafka() throws IOException {
        return Manifests.only(Kafka.class, Manifests.in(PRODUCTION)).getFirst();
    }

    private static List<KafkaTopic> topics() throws IOException {
        return Manifests.only(KafkaTopic.class, Manifests.in(PRODUCTION));
    }

    /** What the overlay adds to a ConfigMap. */
    private static Map<String, String> variables(String configMap) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (JsonNode map : Manifests.kustomization(PRODUCTION).get("configMapGenerator")) {
            if (map.get("name").asText().equals(configMap)) {
                map.get("literals").forEach(literal -> {
                    String[] variable = literal.asText().split("=", 2);
                    found.put(variable[0], variable[1]);
                });
            }
        }
        return found;
    }
}
