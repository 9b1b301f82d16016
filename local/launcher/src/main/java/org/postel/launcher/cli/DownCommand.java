package org.postel.launcher.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.RunLock;
import org.postel.launcher.platform.RunState;

/** Ends the running launcher, which ends its children. */
final class DownCommand implements Command {

    /** Longer than the launcher waits for its slowest children: first the services, then the store, then the engines. */
    private static final Duration LIMIT = Duration.ofSeconds(75);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final DataFolder folder;

    DownCommand(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        if (!arguments.isEmpty()) {
            throw new UsageException("usage: ./postel down");
        }
        if (!RunLock.isHeld(folder)) {
            System.out.println("Postel is not running.");
            return DONE;
        }
        System.out.println("Stopping ...");
        stop();
        System.out.println("Stopped. The data stays in " + folder.path() + ".");
        return DONE;
    }

    /** Does nothing when none runs. */
    void stop() throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (RunLock.isHeld(folder)) {
            if (System.nanoTime() > end) {
                throw new FailedException("The launcher does not end. Its log: " + folder.log("launcher"));
            }
            launcher().ifPresent(ProcessHandle::destroy);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private Optional<ProcessHandle> launcher() throws IOException {
        return RunState.read(folder).flatMap(state -> ProcessHandle.of(state.pid()));
    }
}
