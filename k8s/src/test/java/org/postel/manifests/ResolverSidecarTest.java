package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md lets an overlay add, so that a resolver that checks DNSSEC runs in the pods of delivery-worker. */
class ResolverSidecarTest {

    private static final Pattern CONFIGURATION = Pattern.compile("<<'END'\\n(.*?)^END$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern OVERLAY = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void theWorkerAsksTheResolverInItsOwnPod() throws IOException, InterruptedException {
        String operations = Files.readString(Manifests.file("docs/operations.md"));
        String section = operations.substring(operations.indexOf("### A resolver in the worker's pods"), operations.indexOf("## TLS to this platform"));
        String configuration = only(CONFIGURATION, section);
        Files.writeString(folder.resolve("unbound.conf"), configuration);
        List<HasMetadata> resources = Kustomize.render(folder, root -> """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: postel
                resources:
                  - %s/overlays/production
                """.formatted(root) + only(OVERLAY, section));
        Workload worker = Workload.in(resources).stream().filter(workload -> workload.name().equals("delivery-worker")).findFirst().orElseThrow();
        Restricted.check(worker);
        assertEquals("Always", worker.pod().getInitContainers().getFirst().getRestartPolicy(), "without it the worker would never start");
        String mounted = worker.pod().getVolumes().stream().filter(volume -> volume.getName().equals("resolver")).findFirst().orElseThrow()
                .getConfigMap().getName();
        assertEquals(configuration, configMap(resources, mounted).getData().get("unbound.conf"));
        ConfigMap settings = Manifests.only(ConfigMap.class, resources).stream()
                .filter(map -> map.getMetadata().getName().startsWith("delivery-worker")).findFirst().orElseThrow();
        assertEquals("true", settings.getData().get("POSTEL_DELIVERY_DNS_VALIDATES"));
        String[] resolver = settings.getData().get("POSTEL_DELIVERY_DNS_RESOLVER").split(":");
        assertTrue(configuration.contains("  interface: " + resolver[0] + "\n  port: " + resolver[1] + "\n"), configuration);
    }

    private static ConfigMap configMap(List<HasMetadata> resources, String name) {
        return Manifests.only(ConfigMap.class, resources).stream().filter(map -> map.getMetadata().getName().equals(name)).findFirst().orElseThrow();
    }

    private static String only(Pattern block, String section) {
        Matcher found = block.matcher(section);
        assertTrue(found.find(), block.pattern());
        return found.group(1);
    }
}
