package org.postel.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

import org.postel.launcher.FailedException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;

/** What would make a start fail later, found before anything is started. */
final class Preflight {

    /** The engines preallocate about 150 MB of log segments when they are new. */
    private static final long LEAST_FREE_MEBIBYTES = 400;
    private static final long MEBIBYTE = 1 << 20;

    private final DataFolder folder;
    private final Ports ports;

    Preflight(DataFolder folder, Ports ports) {
        this.folder = folder;
        this.ports = ports;
    }

    void check() {
        checkDisk();
        List<Port> taken = ports.taken();
        if (!taken.isEmpty()) {
            String names = taken.stream().map(port -> ports.number(port) + " (" + port.label() + ")")
                    .collect(Collectors.joining(", "));
            throw new FailedException((taken.size() == 1 ? "Port " + names + " is" : "Ports " + names + " are")
                    + " in use by another program. Stop it, then run ./postel up again.");
        }
    }

    void checkDisk() {
        try {
            Files.createDirectories(folder.path());
            long free = Files.getFileStore(folder.path()).getUsableSpace() / MEBIBYTE;
            if (free < LEAST_FREE_MEBIBYTES) {
                throw new FailedException("The disk is full: %s has %d MB free, Postel needs %d MB."
                        .formatted(folder.path(), free, LEAST_FREE_MEBIBYTES));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
