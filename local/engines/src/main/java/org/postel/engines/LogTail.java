package org.postel.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.io.RandomAccessFile;

/** The last lines of a log file, for a message to a person. */
final class LogTail {

    private static final int BYTES = 3_000;

    private LogTail() {
    }

    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES);
            file.seek(start);
            byte[] end = new byte[(int) (file.length() - start)];
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read: " + unreadable.getMessage() + ")";
        }
    }
}
