package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** SAFETY promise 12: what Pod Security {@code restricted} asks of a pod. */
final class Restricted {

    private Restricted() {
    }

    static void check(Workload workload) {
        pod(workload);
        container(workload.container());
        workload.pod().getInitContainers().forEach(Restricted::container);
    }

    private static void pod(Workload workload) {
        var pod = workload.pod().getSecurityContext();
        assertTrue(pod.getRunAsNonRoot());
        assertTrue(pod.getRunAsUser() > 0, "a user that the kubelet can check");
        assertEquals("RuntimeDefault", pod.getSeccompProfile().getType());
        assertFalse(workload.pod().getAutomountServiceAccountToken(), "it never calls the Kubernetes API");
        assertFalse(Boolean.TRUE.equals(workload.pod().getHostNetwork()) || Boolean.TRUE.equals(workload.pod().getHostPID()));
        assertEquals(1, workload.pod().getContainers().size());
        for (Volume volume : workload.pod().getVolumes()) {
            assertTrue(Stream.of(volume.getConfigMap(), volume.getEmptyDir(), volume.getProjected(), volume.getSecret())
                    .anyMatch(Objects::nonNull), volume.getName() + " is of a kind that is not allowed");
        }
    }

    private static void container(Container container) {
        var context = container.getSecurityContext();
        assertFalse(context.getAllowPrivilegeEscalation());
        assertTrue(context.getReadOnlyRootFilesystem(), container.getName());
        assertEquals(List.of("ALL"), context.getCapabilities().getDrop());
        assertEquals(List.of(), context.getCapabilities().getAdd());
        for (ContainerPort port : container.getPorts()) {
            assertTrue(port.getContainerPort() > 1024, "no capability for " + port.getContainerPort());
            assertEquals(null, port.getHostPort());
            assertTrue(port.getName().length() <= 15, "Kubernetes takes no longer name than 15: " + port.getName());
        }
    }
}
