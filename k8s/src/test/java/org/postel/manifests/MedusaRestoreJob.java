package org.postel.manifests;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** K8ssandra publishes no model: all fields, as the types of its operator have them. */
@Group("medusa.k8ssandra.io")
@Version("v1alpha1")
final class MedusaRestoreJob extends CustomResource<MedusaRestoreJob.Spec, Void> {

    private static final long serialVersionUID = 1L;

    record Spec(String cassandraDatacenter, String backup) {}
}
