package org.postel.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.HealthProbe;

/**
 * A container of one of the services, as restricted as its pod: no capability, no new privileges, a root file system that cannot be
 * written, the pod's memory. It shares the network of the machine, where Kafka and Cassandra listen on loopback.
 */
final class Container {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int GRACE_SECONDS = 30;

    private final String id;

    private Container(String id) {
        this.id = id;
    }

    /**
     * Starts one.
     *
     * @param process whose settings the folder has
     * @param memory as Docker writes it
     */
    static Container run(String image, String process, DataFolder folder, String memory) throws IOException {
        Path settings = folder.run().resolve(process + ".properties");
        readable(folder.path());
        // AOTMode=on: without what the JVM learned when the image was built it does not start.
        return new Container(docker("run", "--detach", "--network", "host", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL",
                "--security-opt", "no-new-privileges", "--memory", memory, "--volume", folder.path() + ":" + folder.path() + ":ro", "--env",
                "JDK_JAVA_OPTIONS=-XX:AOTMode=on -Dquarkus.config.locations=" + settings.toUri(), image));
    }

    /**
     * Runs a command in an image, as restricted as an init container, until it ends.
     *
     * @param options more of Docker's own
     * @return what it said
     * @throws IOException with that, when it ends with another code than 0
     */
    static String once(String image, String memory, List<String> options, List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--rm", "--network", "none", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL",
                "--security-opt", "no-new-privileges", "--memory", memory, "--entrypoint", command.getFirst()));
        arguments.addAll(options);
        arguments.add(image);
        arguments.addAll(command.subList(1, command.size()));
        return docker(arguments.toArray(String[]::new));
    }

    /** The image's user is not ours, as in a pod, where secrets are mounted for it. */
    private static void readable(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Stream.concat(Stream.of(folder), Stream.of("run", "keys", "tls").flatMap(name -> files(folder.resolve(name))))) {
            files = tree.toList();
        }
        for (Path file : files) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until it serves. */
    void awaitReady(int healthPort) throws IOException {
        HealthProbe probe = new HealthProbe(healthPort);
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!ready(probe)) {
            if (System.nanoTime() > end || docker("inspect", "--format", "{{.State.Running}}", id).equals("false")) {
                throw new AssertionError("It does not become ready: " + docker("logs", "--tail", "20", id));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static boolean ready(HealthProbe probe) {
        try {
            return probe.isReady();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGTERM, then after the grace period SIGKILL; its exit code. */
    int stop() throws IOException {
        docker("stop", "--time", String.valueOf(GRACE_SECONDS), id);
        return Integer.parseInt(docker("inspect", "--format", "{{.State.ExitCode}}", id));
    }

    /** Whatever it does. */
    void remove() {
        try {
            docker("rm", "--force", id);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("postel-docker-", ".txt");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(COMMAND_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("Docker does not answer: " + command);
            }
            String said = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException(command + ": " + said);
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + command, interrupted);
        } finally {
            Files.delete(output);
        }
    }
}
