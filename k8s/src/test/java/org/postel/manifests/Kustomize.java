package org.postel.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kubectl would apply. Where there is no kubectl, the tests that ask for it are skipped: the files themselves are tested all the same. */
final class Kustomize {

    private Kustomize() {
    }

    /** An overlay with components added to it, in a folder of its own. */
    static List<HasMetadata> render(Path folder, String overlay, List<String> components) throws IOException, InterruptedException {
        return render(folder, root -> """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: postel
                resources:
                  - %s/%s
                components:%s
                """.formatted(root, overlay, components.isEmpty() ? " []" : components.stream()
                        .map(component -> "\n  - " + root + "/components/" + component).collect(Collectors.joining())));
    }

    /** A kustomization file that is made in a folder of its own, from the way to the folder k8s. */
    static List<HasMetadata> render(Path folder, UnaryOperator<String> kustomization) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("kustomization.yaml"),
                kustomization.apply(folder.toRealPath().relativize(Manifests.file("k8s").toRealPath()).toString()));
        return Manifests.resources(run(folder));
    }

    private static String run(Path folder) throws IOException, InterruptedException {
        Optional<Path> kubectl = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "kubectl")).filter(Files::isExecutable).findFirst();
        assumeTrue(kubectl.isPresent(), "no kubectl in PATH");
        Path output = folder.resolve("rendered");
        Path errors = folder.resolve("errors");
        int code = new ProcessBuilder(kubectl.get().toString(), "kustomize", folder.toString())
                .redirectOutput(output.toFile()).redirectError(errors.toFile()).start().waitFor();
        assertEquals(0, code, Files.readString(errors));
        return Files.readString(output);
    }
}
