package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show is what works. */
class PagesTest {

    private static final String COMPONENTS = "k8s/components/";
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LISTED = Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern TARGET = Pattern.compile("targets: \\[127\\.0\\.0\\.1:(\\d+)]\\s+labels: \\{service: ([a-z0-9-]+)}");

    @TempDir
    Path folder;

    @Test
    void overlayOfTheReadmeIsBuilt() throws IOException, InterruptedException {
        Matcher overlay = YAML.matcher(readme());
        assertTrue(overlay.find(), "the README shows an overlay");
        List<HasMetadata> resources = Kustomize.render(folder, root -> overlay.group(1).replace("../postel/k8s", root));
        assertTrue(Workload.in(resources).stream()
                .anyMatch(workload -> workload.container().getImage().equals("registry.example.org/postel/smtp-gateway:0.1.0")));
        assertTrue(resources.stream().anyMatch(resource -> resource.getKind().equals("NetworkPolicy")));
    }

    @Test
    void readmeHasEveryComponentAndNoOther() throws IOException {
        String readme = readme();
        Set<String> there = Manifests.kustomizations().stream().filter(path -> path.startsWith(COMPONENTS))
                .map(path -> path.substring(COMPONENTS.length())).collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = LISTED.matcher(readme).results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(there, listed);
        for (String path : Manifests.kustomizations()) {
            assertTrue(!path.startsWith("k8s/overlays/") || readme.contains("`" + path.substring("k8s/".length()) + "`"), path);
        }
    }

    @Test
    void scrapingOfThePageAsksThePortsOfTheServices() throws IOException {
        Map<String, Integer> shown = new TreeMap<>();
        TARGET.matcher(Files.readString(Manifests.file("docs/metrics.md"))).results()
                .forEach(target -> shown.put(target.group(2), Integer.valueOf(target.group(1))));
        Map<String, Integer> there = new TreeMap<>();
        Workload.services().forEach(workload -> there.put(workload.name(), workload.ports().get("management")));
        assertEquals(there, shown);
    }

    private static String readme() throws IOException {
        return Files.readString(Manifests.file("k8s/README.md"));
    }
}
