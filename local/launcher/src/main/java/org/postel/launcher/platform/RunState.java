package org.postel.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.postel.launcher.identity.PrivateFile;

/**
 * What the running launcher tells the other commands, in {@code .postel/run/state.json}. It is true while the launcher holds
 * the lock, see {@link RunLock}.
 *
 * @param pid of the launcher
 * @param ready whether the start is over
 * @param processes its children
 */
public record RunState(long pid, boolean ready, List<ProcessState> processes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes it for others to read.
     *
     * @throws IOException when the disk refuses
     */
    public void write(DataFolder folder) throws IOException {
        PrivateFile.write(file(folder), JSON.writeValueAsString(this));
    }

    /**
     * What was written last; empty when nothing was.
     *
     * @throws IOException when it cannot be read
     */
    public static Optional<RunState> read(DataFolder folder) throws IOException {
        Path file = file(folder);
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), RunState.class)) : Optional.empty();
    }

    private static Path file(DataFolder folder) {
        return folder.run().resolve("state.json");
    }
}
