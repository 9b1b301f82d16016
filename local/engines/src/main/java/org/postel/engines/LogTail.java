package org.postel.engines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The last lines of a log file, for a message to a person. */
final class LogTail {

    private static final int BYTES = 8_000;
    private static final int LINES = 6;
    private static final int LONGEST = 400;

    private LogTail() {
    }

    private static String lastOf(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line)
                .collect(Collectors.joining("\n"));
    }

    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES);
            file.seek(start);
            byte[] end = new byte[(int) (file.length() - start)];
            file.readFully(end);
            return lastOf(new String(end, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read: " + unreadable.getMessage() + ")";
        }
    }
}
