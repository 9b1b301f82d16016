package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 */
record UpOptions(Optional<ProcessHandle> parent, Optional<Path> readyFile, Scale scale) {

    private static final String USAGE = "usage: ./postel up [-d] [--scale SERVICE=NUMBER,...]";

    /** @throws UsageException when there is something else among them, or neither a parent nor a file */
    static UpOptions of(List<String> arguments) {
        Optional<ProcessHandle> parent = Optional.empty();
        Optional<Path> readyFile = Optional.empty();
        Scale scale = Scale.ONE_OF_EACH;
        if (arguments.size() % 2 != 0) {
            throw new UsageException(USAGE);
        }
        for (int i = 0; i < arguments.size(); i += 2) {
            String value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--parent" -> parent = ProcessHandle.of(Long.parseLong(value));
                case "--ready-file" -> readyFile = Optional.of(Path.of(value));
                case "--scale" -> scale = Scale.of(value);
                default -> throw new UsageException(USAGE);
            }
        }
        if (parent.isEmpty() && readyFile.isEmpty()) {
            throw new UsageException(USAGE);
        }
        return new UpOptions(parent, readyFile, scale);
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
