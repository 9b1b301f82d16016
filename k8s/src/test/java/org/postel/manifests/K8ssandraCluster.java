package org.postel.manifests;

import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/** K8ssandra publishes no model: the fields that we use, as the types of its operator have them. */
@Group("k8ssandra.io")
@Version("v1alpha1")
final class K8ssandraCluster extends CustomResource<K8ssandraCluster.Spec, Void> {

    private static final long serialVersionUID = 1L;

    record Spec(Cassandra cassandra, Reaper reaper, Medusa medusa) {}

    record Cassandra(String serverVersion, List<Datacenter> datacenters, Storage storageConfig, Config config, ResourceRequirements resources,
                     boolean softPodAntiAffinity, PodSecurityContext podSecurityContext, List<Named> initContainers, List<Named> containers) {}

    /** A container that the operator makes; what is not said stays as it is. */
    record Named(String name, SecurityContext securityContext) {}

    record Datacenter(Metadata metadata, int size, List<Rack> racks) {}

    record Metadata(String name) {}

    record Rack(String name, Map<String, String> nodeAffinityLabels) {}

    record Storage(PersistentVolumeClaimSpec cassandraDataVolumeClaimSpec) {}

    record Config(Map<String, String> cassandraYaml, Jvm jvmOptions) {}

    record Jvm(String heapSize) {}

    record Reaper(Switch httpManagement, Switch autoScheduling) {}

    record Switch(boolean enabled) {}

    record Medusa(SecurityContext securityContext, Bucket storageProperties) {}

    record Bucket(String storageProvider, String bucketName, String region, String prefix, LocalObjectReference storageSecretRef, int maxBackupAge) {}
}
