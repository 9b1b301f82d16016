package org.postel.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout these tests read. */
final class Repository {

    private final Path root;

    private Repository(Path root) {
        this.root = root;
    }

    static Repository here() {
        return new Repository(Path.of(System.getProperty("postel.root")));
    }

    Path file(String relative) {
        return root.resolve(relative);
    }

    String text(String relative) {
        return read(file(relative));
    }

    /** The Java sources that are shipped: tests and generated code left out. */
    List<Path> mainSources() {
        return files("src/main/java", ".java");
    }

    /** The Java sources of tests. */
    List<Path> testSources() {
        return files("src/test/java", ".java");
    }

    /** Those of Kubernetes. */
    List<Path> manifests() {
        return files("k8s/", ".yaml");
    }

    private List<Path> files(String within, String ending) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.toString().endsWith(ending))
                    .filter(path -> root.relativize(path).toString().contains(within))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
