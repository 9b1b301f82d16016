package org.postel.manifests;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1alpha2.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1alpha3.TLSRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;

/** The model of each kind of resource that the manifests may have: those of Kubernetes, and of the operators that components name. */
final class Kinds {

    private Kinds() {
    }

    static Class<? extends HasMetadata> of(String kind) {
        return switch (kind) {
            case "v1/ConfigMap" -> ConfigMap.class;
            case "v1/Namespace" -> Namespace.class;
            case "v1/Service" -> Service.class;
            case "v1/ServiceAccount" -> ServiceAccount.class;
            case "apps/v1/Deployment" -> Deployment.class;
            case "apps/v1/StatefulSet" -> StatefulSet.class;
            case "policy/v1/PodDisruptionBudget" -> PodDisruptionBudget.class;
            case "autoscaling/v2/HorizontalPodAutoscaler" -> HorizontalPodAutoscaler.class;
            case "networking.k8s.io/v1/NetworkPolicy" -> NetworkPolicy.class;
            case "gateway.networking.k8s.io/v1/Gateway" -> Gateway.class;
            case "gateway.networking.k8s.io/v1/HTTPRoute" -> HTTPRoute.class;
            case "gateway.networking.k8s.io/v1alpha2/TCPRoute" -> TCPRoute.class;
            // v1 has the fields of v1alpha3.
            case "gateway.networking.k8s.io/v1/TLSRoute" -> TLSRoute.class;
            case "cert-manager.io/v1/Certificate" -> Certificate.class;
            case "monitoring.coreos.com/v1/PodMonitor" -> PodMonitor.class;
            case "monitoring.coreos.com/v1/PrometheusRule" -> PrometheusRule.class;
            case "kafka.strimzi.io/v1/Kafka" -> Kafka.class;
            case "kafka.strimzi.io/v1/KafkaNodePool" -> KafkaNodePool.class;
            case "kafka.strimzi.io/v1/KafkaTopic" -> KafkaTopic.class;
            case "keda.sh/v1alpha1/ScaledObject" -> ScaledObject.class;
            case "k8ssandra.io/v1alpha1/K8ssandraCluster" -> K8ssandraCluster.class;
            case "medusa.k8ssandra.io/v1alpha1/MedusaBackupSchedule" -> MedusaBackupSchedule.class;
            // In the README's steps.
            case "medusa.k8ssandra.io/v1alpha1/MedusaRestoreJob" -> MedusaRestoreJob.class;
            default -> throw new IllegalArgumentException("no model for " + kind);
        };
    }
}
