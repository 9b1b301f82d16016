package org.postel.launcher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.postel.launcher.UsageException;

/**
 * What the script tells the launcher.
 *
 * @param parent the process to end with; empty when it runs on its own
 * @param readyFile made when everything is ready; empty when nobody waits for it
 */
record UpOptions(Optional<ProcessHandle> parent, Optional<Path> readyFile) {

    private static final String PARENT = "--parent";
    private static final String READY_FILE = "--ready-file";

    static UpOptions of(List<String> arguments) {
        String usage = "usage: ./postel up [-d]";
        if (arguments.size() != 2) {
            throw new UsageException(usage);
        }
        String value = arguments.get(1);
        return switch (arguments.getFirst()) {
            case PARENT -> new UpOptions(ProcessHandle.of(Long.parseLong(value)), Optional.empty());
            case READY_FILE -> new UpOptions(Optional.empty(), Optional.of(Path.of(value)));
            default -> throw new UsageException(usage);
        };
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
