package org.postel.launcher.cli;

import java.lang.ref.Reference;

import org.postel.engines.Child;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.RunLock;
import org.postel.launcher.platform.Supervisor;

/**
 * The end of the launcher, whatever ends it: first nobody starts children any more, then they are stopped. Only then does the
 * lock go, with the process, so that the next {@code up} finds free ports.
 */
final class Stopping implements Runnable {

    private final Platform platform;
    private final LauncherLog log;
    private final RunLock lock;
    private volatile Runnable endWatch = () -> { };
    private volatile boolean begun;

    Stopping(Platform platform, LauncherLog log, RunLock lock) {
        this.platform = platform;
        this.log = log;
        this.lock = lock;
    }

    void endWatch(Supervisor supervisor) {
        endWatch = supervisor::stop;
    }

    /** Whether somebody wants the end: what fails now fails for that. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public synchronized void run() {
        begun = true;
        endWatch.run();
        if (platform.children().stream().anyMatch(Child::isAlive)) {
            log.accept("Stopping ...");
            platform.close();
            log.accept("All processes have ended.");
        }
        Reference.reachabilityFence(lock);
    }
}
