package org.postel.launcher.platform;

import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.postel.engines.Child;

/** One child's history; written by its own watching thread only. */
final class Watched {

    private final Child child;
    private final List<Integer> ports;
    private final RestartPause pause = new RestartPause();
    private volatile int restarts;
    private volatile String lastDeath = "";
    private volatile String nextStart = "";

    Watched(Child child, List<Integer> ports) {
        this.child = child;
        this.ports = ports;
    }

    Child child() {
        return child;
    }

    /** Its life of that length is over, and the next begins after the returned pause. */
    Duration died(int exit, Duration life, LocalTime now) {
        Duration wait = pause.after(life);
        restarts++;
        lastDeath = "exit code " + exit + " at " + now.truncatedTo(ChronoUnit.SECONDS);
        nextStart = now.plus(wait).truncatedTo(ChronoUnit.SECONDS).toString();
        return wait;
    }

    void started() {
        nextStart = "";
    }

    ProcessState state() {
        return new ProcessState(child.name(), child.pid(), ports, restarts, lastDeath, nextStart);
    }
}
