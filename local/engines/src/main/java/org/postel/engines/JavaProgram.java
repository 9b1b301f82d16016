package org.postel.engines;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to run in a child process with the JDK of this one.
 *
 * @param mainClass the class with main
 * @param classPath jars and folders in order of search
 * @param jvmOptions options of the java command, system properties among them
 * @param arguments what main gets
 * @param environment added to the environment of this process
 * @param folder the working directory
 */
public record JavaProgram(String mainClass, List<Path> classPath, List<String> jvmOptions, List<String> arguments,
        Map<String, String> environment, Path folder) {

    /** Copies the collections. */
    public JavaProgram {
        classPath = List.copyOf(classPath);
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** The command line, tethered to this process: it expects a pipe as standard input. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(Stream.concat(classPath.stream(), Stream.of(ownJar()))
                .map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(Tether.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /**
     * The jars of a folder in the order of their names.
     *
     * @throws IOException when the folder cannot be read
     */
    public static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static Path ownJar() {
        try {
            return Path.of(Tether.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("The place of our own classes has no path", impossible);
        }
    }
}
