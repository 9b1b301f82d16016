package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

import org.postel.launcher.platform.DataFolder;

/** Tells a line to the terminal and to {@code .postel/logs/launcher.log}; a full disk leaves the terminal. */
final class LauncherLog implements Consumer<String> {

    private final Path file;

    LauncherLog(DataFolder folder) throws IOException {
        this.file = folder.log("launcher");
        Files.createDirectories(folder.logs());
    }

    @Override
    public synchronized void accept(String line) {
        System.out.println(line);
        try {
            Files.writeString(file, LocalDateTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n",
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            System.out.println(file + " cannot be written: " + failed.getMessage());
        }
    }
}
