package org.postel.launcher.platform;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.postel.engines.Child;
import org.postel.engines.ChildFailedException;

/** Starts a dead child again, later each time it dies soon, and says so in the log and in {@link RunState}. */
public final class Supervisor {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A child that lived this long is healthy: its next death waits for the first pause again. */
    private static final Duration HEALTHY = Duration.ofSeconds(60);

    private final Platform platform;
    private final Consumer<String> log;
    private final List<Watch> watches = new ArrayList<>();
    private volatile boolean stopping;

    /** For a platform that has been started. */
    public Supervisor(Platform platform, Consumer<String> log) {
        this.platform = platform;
        this.log = log;
    }

    /** Begins to watch. */
    public void start() throws IOException {
        platform.children().forEach(child -> watches.add(new Watch(child, portsOf(child.name()))));
        writeState();
        watches.forEach(watch -> Thread.ofVirtual().name("watch-" + watch.child.name()).start(() -> watch(watch)));
    }

    /** Ends the watch, so that children may be stopped. */
    public void stop() {
        stopping = true;
    }

    private void watch(Watch watch) {
        while (!stopping) {
            long started = System.nanoTime();
            int exit = watch.child.onExit().join();
            if (stopping) {
                return;
            }
            boolean wasHealthy = System.nanoTime() - started > HEALTHY.toNanos();
            watch.died(exit, wasHealthy);
            log.accept("%s died (exit code %d); starting it again in %.1f s".formatted(watch.child.name(), exit,
                    watch.pause.toMillis() / 1000.0));
            LockSupport.parkNanos(watch.pause.toNanos());
            startAgain(watch);
            tellState();
        }
    }

    private void startAgain(Watch watch) {
        if (stopping) {
            return;
        }
        try {
            watch.child.launch();
            tellState();
            watch.child.awaitReady(Platform.START_LIMIT);
            log.accept(watch.child.name() + " runs again");
        } catch (IOException | ChildFailedException failed) {
            log.accept(failed.getMessage());
            watch.child.kill();
        }
    }

    private void tellState() {
        try {
            writeState();
        } catch (IOException failed) {
            log.accept("The state cannot be written, so `postel status` shows an old one: " + failed.getMessage());
        }
    }

    private synchronized void writeState() throws IOException {
        new RunState(ProcessHandle.current().pid(), true, watches.stream().map(Watch::state).toList())
                .write(platform.folder());
    }

    private List<Integer> portsOf(String process) {
        List<Port> ports = ServiceName.of(process).map(ServiceName::ports).orElseGet(
                () -> List.of(process.equals("kafka") ? Port.KAFKA : Port.CASSANDRA));
        return ports.stream().map(platform.ports()::number).toList();
    }

    /** One child's history; written by its own watching thread only. */
    private static final class Watch {
        private final Child child;
        private final List<Integer> ports;
        private volatile int restarts;
        private volatile String lastDeath = "";
        private volatile Duration pause = Duration.ZERO;

        Watch(Child child, List<Integer> ports) {
            this.child = child;
            this.ports = ports;
        }

        void died(int exit, boolean wasHealthy) {
            restarts++;
            lastDeath = "exit code " + exit + " at " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
            Duration doubled = pause.multipliedBy(2);
            pause = pause.isZero() || wasHealthy ? FIRST_PAUSE
                    : doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }

        ProcessState state() {
            return new ProcessState(child.name(), child.pid(), ports, restarts, lastDeath);
        }
    }
}
