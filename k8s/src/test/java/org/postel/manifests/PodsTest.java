package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SAFETY promise 12: every pod passes Pod Security {@code restricted} and asks for what it needs, no more. */
class PodsTest {

    static Stream<Workload> workloads() throws IOException {
        return Workload.all().stream();
    }

    static Stream<Workload> services() throws IOException {
        return Workload.services().stream();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void podIsRestricted(Workload workload) {
        Restricted.check(workload);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void rootIsReadOnlyAndWhatIsWrittenHasALimit(Workload workload) {
        assertTrue(workload.container().getSecurityContext().getReadOnlyRootFilesystem());
        workload.pod().getVolumes().stream().map(Volume::getEmptyDir).filter(Objects::nonNull).forEach(volume -> assertNotNull(volume.getSizeLimit()));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void serviceLinksAreOff(Workload workload) {
        assertFalse(workload.pod().getEnableServiceLinks(), "a Service's variables must not look like settings");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void resourcesAreAskedForAndMemoryIsLimited(Workload workload) {
        var resources = workload.container().getResources();
        assertEquals(Set.of("cpu", "memory"), resources.getRequests().keySet());
        // Memory beyond the request would be taken back by killing the pod at the worst moment.
        assertEquals(resources.getRequests().get("memory"), resources.getLimits().get("memory"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void probesAskAPortThatIsThere(Workload workload) {
        Container container = workload.container();
        for (Probe probe : List.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())) {
            var port = probe.getHttpGet() == null ? probe.getTcpSocket().getPort() : probe.getHttpGet().getPort();
            assertTrue(workload.ports().containsKey(port.getStrVal()), port.getStrVal());
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void probesAskForHealth(Workload workload) {
        Container container = workload.container();
        assertEquals("/q/health/started", container.getStartupProbe().getHttpGet().getPath());
        assertEquals("/q/health/ready", container.getReadinessProbe().getHttpGet().getPath());
        assertEquals("/q/health/live", container.getLivenessProbe().getHttpGet().getPath());
        assertTrue(container.getLivenessProbe().getPeriodSeconds() * container.getLivenessProbe().getFailureThreshold() >= 30,
                "a pause of the collector is no death");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyVolumeIsMountedAndEveryMountHasOne(Workload workload) {
        Set<String> mounted = workload.container().getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet());
        Set<String> there = workload.pod().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
        mounted.remove("data");
        assertEquals(there, mounted);
    }

    @ParameterizedTest
    @MethodSource("services")
    void tokensAreShortLivedAndForMailboxService(Workload workload) {
        List<ServiceAccountTokenProjection> tokens = workload.pod().getVolumes().stream().map(Volume::getProjected).filter(Objects::nonNull)
                .flatMap(projected -> projected.getSources().stream()).map(VolumeProjection::getServiceAccountToken).filter(Objects::nonNull).toList();
        assertEquals(1, tokens.size());
        assertTrue(tokens.getFirst().getExpirationSeconds() <= 3600);
        // mailbox-service itself asks only the API server, whose audience is the default.
        assertEquals(workload.name().equals("mailbox-service") ? null : "mailbox-service", tokens.getFirst().getAudience());
    }

    /** Of the services that are connected to: nodes and balancers hear late that a pod goes. */
    @ParameterizedTest
    @MethodSource("services")
    void podServesOnWhileOthersHearThatItGoes(Workload workload) throws IOException {
        boolean connectedTo = Manifests.only(Service.class, Manifests.base()).stream()
                .anyMatch(service -> service.getSpec().getSelector().equals(workload.selector().getMatchLabels()));
        assertEquals(connectedTo, workload.stopPause() > 0);
    }

    @ParameterizedTest
    @MethodSource("services")
    void gracePeriodFitsTheDrain(Workload workload) throws IOException {
        long needed = workload.stopPause() + Drain.of(workload.name()).toSeconds();
        long given = workload.pod().getTerminationGracePeriodSeconds();
        assertTrue(given > needed, workload.name() + " needs " + needed + " s and has " + given);
        assertTrue(given <= 2 * needed + 30, workload.name() + " needs " + needed + " s only");
    }

    @ParameterizedTest
    @MethodSource("services")
    void podsAreSpreadOverZonesAndNodes(Workload workload) {
        assertEquals(List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"),
                workload.pod().getTopologySpreadConstraints().stream().map(constraint -> {
                    assertEquals(workload.selector().getMatchLabels(), constraint.getLabelSelector().getMatchLabels());
                    return constraint.getTopologyKey();
                }).toList());
    }

    @Test
    void aNewPodIsReadyBeforeAnOldOneGoes() throws IOException {
        for (Deployment deployment : Manifests.only(Deployment.class, Manifests.base())) {
            assertEquals(0, deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal());
            assertTrue(deployment.getSpec().getReplicas() >= 2, "one may go");
            // The balancer's health checks find a node late, and with externalTrafficPolicy Local only nodes with a pod are healthy.
            assertEquals(deployment.getMetadata().getName().endsWith("-gateway") ? 30 : null, deployment.getSpec().getMinReadySeconds(), deployment.getMetadata().getName());
        }
    }
}
