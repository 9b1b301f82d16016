package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.postel.launcher.UsageException;
import org.postel.launcher.platform.Scale;

/**
 * What the script tells the launcher.
 *
 * @param parent the process to end with; empty when it runs on its own
 * @param readyFile made when everything is ready; empty when nobody waits for it
 * @param scale how many processes there are of each service
 * @param restored whether the data is that of a backup
 */
record UpOptions(Optional<ProcessHandle> parent, Optional<Path> readyFile, Scale scale, boolean restored) {

    private static final String USAGE = "usage: ./postel up [-d] [--restored] [--scale SERVICE=NUMBER,...]";

    /** @throws UsageException when there is something else among them, or neither a parent nor a file */
    static UpOptions of(List<String> arguments) {
        Optional<ProcessHandle> parent = Optional.empty();
        Optional<Path> readyFile = Optional.empty();
        Scale scale = Scale.ONE_OF_EACH;
        boolean restored = false;
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--parent" -> parent = ProcessHandle.of(Long.parseLong(value(words)));
                case "--ready-file" -> readyFile = Optional.of(Path.of(value(words)));
                case "--scale" -> scale = Scale.of(value(words));
                case "--restored" -> restored = true;
                default -> throw new UsageException(USAGE);
            }
        }
        if (parent.isEmpty() && readyFile.isEmpty()) {
            throw new UsageException(USAGE);
        }
        return new UpOptions(parent, readyFile, scale, restored);
    }

    private static String value(Iterator<String> words) {
        if (!words.hasNext()) {
            throw new UsageException(USAGE);
        }
        return words.next();
    }

    boolean parentIsGone() {
        return parent.map(process -> !process.isAlive()).orElse(false);
    }

    /** From now on nobody reads what we print. */
    void tellReady() throws IOException {
        if (readyFile.isPresent()) {
            System.out.flush();
            Files.createFile(readyFile.get());
        }
    }
}
