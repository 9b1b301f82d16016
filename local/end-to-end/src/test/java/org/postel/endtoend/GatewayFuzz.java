package org.postel.endtoend;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.platform.launcher.Launcher;
import org.postel.engines.SourceTree;
import org.postel.engines.Tether;

/**
 * The fuzz of a gateway's whole sessions, its {@code SessionFuzzTest}, in a process of its own that takes what the tests of the platform leave of the
 * processors: these wait for most of their time.
 */
enum GatewayFuzz {

    SMTP(1),
    IMAP(3),
    POP3(3);

    /** How long SMTP is fuzzed, in seconds; the others for a third of it each. Without it nothing is. */
    static final String SECONDS = "postel.fuzz.beside-seconds";
    // It stands behind all others, so that a reply may take long.
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The least share that a process can have; what needs more goes first. */
    private static final List<String> BEHIND_ALL_OTHERS = List.of("nice", "-n", "19");

    private final int divisor;

    GatewayFuzz(int divisor) {
        this.divisor = divisor;
    }

    /** @throws IllegalArgumentException when no number is given */
    Duration time() {
        try {
            return Duration.ofSeconds(Math.max(1, Long.parseLong(System.getProperty(SECONDS)) / divisor));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(SECONDS + " (POSTEL_FUZZ_SECONDS) is a number of seconds: " + wrong.getMessage(), wrong);
        }
    }

    /** Where what it says goes. */
    Path log() {
        return Path.of("target", "fuzz", word() + ".log");
    }

    /**
     * Starts it. It ends with this process at the latest, however that ends.
     *
     * @throws UncheckedIOException when the gateway's tests were not compiled, or no process starts
     */
    Process start() {
        try {
            Files.createDirectories(log().getParent());
            List<String> command = command();
            try {
                return start(Stream.concat(BEHIND_ALL_OTHERS.stream(), command.stream()).toList());
            } catch (IOException noSuchProgram) {
                return start(command);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).directory(folder().toFile()).redirectErrorStream(true).redirectOutput(log().toAbsolutePath().toFile()).start();
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx384m", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Dpostel.fuzz.seconds=" + time().toSeconds());
        command.add("-Dpostel.test.patience-seconds=" + PATIENCE.toSeconds());
        command.addAll(List.of("-cp", classPath(), Tether.class.getName(), FuzzProgram.class.getName(), "org.postel." + word() + ".server.SessionFuzzTest"));
        return command;
    }

    // As Maven wrote it down when it compiled the gateway's tests, and what runs them.
    private String classPath() throws IOException {
        Path target = folder().resolve("target");
        Stream<String> ours = Stream.of(FuzzProgram.class, Tether.class, Launcher.class).map(GatewayFuzz::place);
        return Stream.of(Stream.of(target.resolve("test-classes"), target.resolve("classes")).map(Path::toString),
            Stream.of(Files.readString(target.resolve("test-class-path")).strip()), ours).flatMap(part -> part).collect(Collectors.joining(File.pathSeparator));
    }

    private Path folder() {
        return SourceTree.find().root().resolve(word() + "-gateway");
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("The place of our own classes has no path", impossible);
        }
    }
}
