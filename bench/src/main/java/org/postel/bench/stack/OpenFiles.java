package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The file descriptors of a process, from /proc/PID/fd: what each leads to. */
record OpenFiles(List<String> targets) {

    private static final String SOCKET = "socket:[";

    /** Of a process; none when it has ended. */
    static OpenFiles of(long process) throws IOException {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc", String.valueOf(process), "fd"))) {
            for (Path file : all) {
                targets.add(target(file));
            }
        } catch (NoSuchFileException | DirectoryIteratorException ended) {
            return new OpenFiles(List.of());
        }
        return new OpenFiles(targets);
    }

    /** Closed since the folder was read: nothing. */
    private static String target(Path file) throws IOException {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }

    /** How many are sockets with one of these numbers. */
    int among(Set<Long> sockets) {
        return (int) targets.stream().filter(target -> target.startsWith(SOCKET))
                .map(target -> Long.valueOf(target.substring(SOCKET.length(), target.length() - 1)))
                .filter(sockets::contains).count();
    }
}
