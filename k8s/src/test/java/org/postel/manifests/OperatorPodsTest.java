package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operators of Kafka and Cassandra are told of their pods is what Pod Security {@code restricted} asks for. */
class OperatorPodsTest {

    private static final String PRODUCTION = "k8s/overlays/production";
    /** As cass-operator names what it makes for Cassandra 4.1 and later. */
    private static final Set<String> CONTAINERS = Set.of("server-config-init-base", "server-config-init", "cassandra", "server-system-logger");

    @TempDir
    Path folder;

    @Test
    void brokersAndControllersAreRestricted() throws IOException {
        for (KafkaNodePool pool : Manifests.only(KafkaNodePool.class, Manifests.in(PRODUCTION))) {
            check(pool.getSpec().getTemplate().getPod().getSecurityContext());
            check(pool.getSpec().getTemplate().getKafkaContainer().getSecurityContext());
            check(pool.getSpec().getTemplate().getInitContainer().getSecurityContext());
        }
    }

    /** Of the entity operator only the container that is asked for is there. */
    @Test
    void topicOperatorIsRestricted() throws IOException {
        var operator = Manifests.only(Kafka.class, Manifests.in(PRODUCTION)).getFirst().getSpec().getEntityOperator();
        check(operator.getTemplate().getPod().getSecurityContext());
        check(operator.getTemplate().getTopicOperatorContainer().getSecurityContext());
        assertEquals(null, operator.getUserOperator());
    }

    @Test
    void nodesOfCassandraAreRestricted() throws IOException {
        var cassandra = cluster(Manifests.in(PRODUCTION)).getSpec().cassandra();
        check(cassandra.podSecurityContext());
        assertTrue(cassandra.podSecurityContext().getRunAsUser() > 0);
        assertEquals(CONTAINERS, Stream.concat(cassandra.initContainers().stream(), cassandra.containers().stream()).map(container -> {
            check(container.securityContext());
            return container.name();
        }).collect(Collectors.toSet()));
    }

    @Test
    void medusaBesideThemIsRestricted() throws IOException, InterruptedException {
        check(cluster(Kustomize.render(folder, "overlays/production", List.of("backup"))).getSpec().medusa().securityContext());
    }

    private static K8ssandraCluster cluster(List<HasMetadata> resources) {
        return Manifests.only(K8ssandraCluster.class, resources).getFirst();
    }

    private static void check(PodSecurityContext pod) {
        assertTrue(pod.getRunAsNonRoot());
        assertEquals("RuntimeDefault", pod.getSeccompProfile().getType());
    }

    private static void check(SecurityContext container) {
        assertFalse(container.getAllowPrivilegeEscalation());
        assertEquals(List.of("ALL"), container.getCapabilities().getDrop());
        assertEquals(List.of(), container.getCapabilities().getAdd());
    }
}
