package org.postel.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other people's mail programs, each with a home folder that goes away with this. */
final class MailProgram implements AutoCloseable {

    private static final int SECONDS = 60;

    private final Path home;
    private final Map<String, String> environment = new HashMap<>(Map.of("TERM", "xterm", "LANG", "C.UTF-8"));

    MailProgram() throws IOException {
        this.home = Files.createTempDirectory("postel-client-");
        variable("HOME", home.toString());
    }

    Path home() {
        return home;
    }

    /** A file in the home folder that nobody else may read, for some programs insist. */
    Path write(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Path file = Files.writeString(home.resolve(name), text);
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        file.toFile().setWritable(false, false);
        file.toFile().setWritable(true, true);
        return file;
    }

    /** Adds a variable to the environment of what is run from now on. */
    void variable(String name, String value) {
        environment.put(name, value);
    }

    /** Starts a command that goes on; what it prints is in a file of its name. */
    Process start(String... command) throws IOException {
        return builder(Path.of(command[0]).getFileName() + ".log", command).start();
    }

    private ProcessBuilder builder(String output, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).redirectOutput(home.resolve(output).toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    /** An empty Maildir. */
    Path maildir(String name) throws IOException {
        Path folder = home.resolve(name);
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(folder.resolve(part));
        }
        return folder;
    }

    /**
     * How a command ended.
     *
     * @param status what it ended with; zero is good
     * @param said   what it printed
     */
    record Ended(int status, String said) {
    }

    /** Runs a command to its end, which must be a good one; returns what it printed. */
    String run(String... command) throws IOException {
        Ended ended = end(command);
        if (ended.status() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + ended.status() + ": " + ended.said());
        }
        return ended.said();
    }

    /** Runs a command to its end, whichever that is. */
    Ended end(String... command) throws IOException {
        Path output = home.resolve("output");
        Process process = builder("output", command).start();
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (!ended) {
                throw new IOException(String.join(" ", command) + " did not end: " + said);
            }
            return new Ended(process.exitValue(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The messages in a Maildir, as they are compared: {@link #canonical}. */
    static List<String> messages(Path maildir) throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(maildir.resolve("cur")), Files.list(maildir.resolve("new")))) {
            List<String> messages = new ArrayList<>();
            for (Path file : files.toList()) {
                messages.add(canonical(Files.readAllBytes(file)));
            }
            return messages.stream().sorted().toList();
        }
    }

    /** With the line ends of files, and without the field that mbsync finds its messages by. */
    static String canonical(byte[] message) {
        return new String(message, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").replaceFirst("(?m)^X-TUID: .*\n", "");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> tree = Files.walk(home)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
