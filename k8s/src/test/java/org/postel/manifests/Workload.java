package org.postel.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs pods, whatever its kind. */
record Workload(String name, LabelSelector selector, PodTemplateSpec template) {

    static List<Workload> all() throws IOException {
        return in(Manifests.all());
    }

    static List<Workload> services() throws IOException {
        return in(Manifests.base());
    }

    static List<Workload> in(List<HasMetadata> resources) {
        return resources.stream().flatMap(resource -> of(resource).stream()).toList();
    }

    private static List<Workload> of(HasMetadata resource) {
        return switch (resource) {
            case Deployment deployment -> List.of(new Workload(deployment.getMetadata().getName(), deployment.getSpec().getSelector(),
                    deployment.getSpec().getTemplate()));
            case StatefulSet set -> List.of(new Workload(set.getMetadata().getName(), set.getSpec().getSelector(), set.getSpec().getTemplate()));
            default -> List.of();
        };
    }

    PodSpec pod() {
        return template.getSpec();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    /** Each of ours has one. */
    Container container() {
        return pod().getContainers().getFirst();
    }

    Map<String, Integer> ports() {
        return container().getPorts().stream().collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
    }

    /** Seconds from the order to stop until SIGTERM. */
    long stopPause() {
        return container().getLifecycle() == null ? 0 : container().getLifecycle().getPreStop().getSleep().getSeconds();
    }

    @Override
    public String toString() {
        return name;
    }
}
