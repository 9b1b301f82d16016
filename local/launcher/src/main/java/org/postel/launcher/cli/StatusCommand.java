package org.postel.launcher.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Health;
import org.postel.launcher.platform.ProcessState;
import org.postel.launcher.platform.RunLock;
import org.postel.launcher.platform.RunState;

/** One line for each process: id, ports, health, restarts. Exit code 0 only when all are well. */
final class StatusCommand implements Command {

    private static final String ROW = "%-17s %8s  %-20s %-9s %s%n";

    private final DataFolder folder;

    StatusCommand(DataFolder folder) {
        this.folder = folder;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        if (!arguments.isEmpty()) {
            throw new UsageException("usage: ./postel status");
        }
        if (!RunLock.isHeld(folder)) {
            System.out.println("Postel is not running. Start it with ./postel up");
            return NOT_RUNNING;
        }
        Optional<RunState> state = RunState.read(folder);
        if (state.isEmpty() || state.get().processes().isEmpty()) {
            System.out.println("Postel is starting.");
            return FAILED;
        }
        System.out.printf(ROW, "PROCESS", "PID", "PORTS", "HEALTH", "RESTARTS");
        boolean well = true;
        for (ProcessState process : state.get().processes()) {
            well &= print(process);
        }
        return well ? DONE : FAILED;
    }

    private static boolean print(ProcessState process) {
        boolean alive = ProcessHandle.of(process.pid()).map(ProcessHandle::isAlive).orElse(false);
        boolean ready = alive && Health.of(process).isReady();
        String ports = process.ports().stream().map(String::valueOf).collect(Collectors.joining(","));
        String health = ready ? "ready" : alive ? "not ready" : "dead";
        System.out.printf(ROW, process.name(), alive ? process.pid() : "-", ports, health, restarts(process));
        return ready;
    }

    /** How often it was started again and why; when it will be, while it lies dead. */
    static String restarts(ProcessState process) {
        String last = process.lastDeath().isEmpty() ? "" : ", last " + process.lastDeath();
        String next = process.nextStart().isEmpty() ? "" : ", next start at " + process.nextStart();
        return process.restarts() + last + next;
    }
}
