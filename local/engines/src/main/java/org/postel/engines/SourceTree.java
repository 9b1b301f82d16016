package org.postel.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of the repository, where the engines' libraries lie once {@code local/kafka} and {@code local/cassandra} are
 * packaged.
 *
 * @param root the repository's folder
 */
public record SourceTree(Path root) {

    /**
     * From the system property {@code postel.root}, or found upwards from the working directory.
     *
     * @throws IllegalStateException outside of the repository
     */
    public static SourceTree find() {
        String given = System.getProperty("postel.root");
        Path folder = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
        while (folder != null && !Files.exists(folder.resolve("local/kafka/pom.xml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("Not inside the repository of Postel; set the system property postel.root");
        }
        return new SourceTree(folder);
    }

    /**
     * Our class for an engine, then the engine's own libraries.
     *
     * @throws IOException when the folder cannot be read
     * @throws IllegalStateException when the engine is not packaged yet
     */
    List<Path> engine(String name) throws IOException {
        Path target = root.resolve("local").resolve(name).resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException("local/" + name + " is not built: run ./postel up, or mvn -pl local/" + name
                    + " package");
        }
        List<Path> jars = new ArrayList<>();
        jars.add(target.resolve("classes"));
        jars.addAll(JavaProgram.jarsIn(target.resolve("lib")));
        return jars;
    }
}
