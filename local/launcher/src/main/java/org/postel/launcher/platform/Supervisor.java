package org.postel.launcher.platform;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.postel.engines.Child;
import org.postel.engines.ChildFailedException;

/** Starts a dead child again, later each time it dies soon, and says so in the log and in {@link RunState}. */
public final class Supervisor {

    private final Platform platform;
    private final Consumer<String> log;
    private final List<Watched> watches = new ArrayList<>();
    private volatile boolean stopping;

    /** For a platform that has been started. */
    public Supervisor(Platform platform, Consumer<String> log) {
        this.platform = platform;
        this.log = log;
    }

    /** Begins to watch. */
    public void start() throws IOException {
        platform.listening().forEach((child, ports) -> watches.add(new Watched(child, ports)));
        writeState();
        watches.forEach(watch -> Thread.ofVirtual().name("watch-" + watch.child().name()).start(() -> watch(watch)));
    }

    /** Ends the watch, so that children may be stopped: none is started once this has returned. */
    public synchronized void stop() {
        stopping = true;
    }

    private void watch(Watched watch) {
        while (!stopping) {
            long started = System.nanoTime();
            int exit = watch.child().onExit().join();
            if (stopping) {
                return;
            }
            Duration pause = watch.died(exit, Duration.ofNanos(System.nanoTime() - started), LocalTime.now());
            log.accept("%s died (exit code %d)%s; starting it again in %.1f s".formatted(watch.child().name(), exit,
                    watch.child().lastWords().map(words -> ": " + words).orElse(""), pause.toMillis() / 1000.0));
            tellState();
            LockSupport.parkNanos(pause.toNanos());
            startAgain(watch);
            tellState();
        }
    }

    private void startAgain(Watched watch) {
        Child child = watch.child();
        try {
            if (!launch(child)) {
                return;
            }
            watch.started();
            tellState();
            child.awaitReady(Platform.START_LIMIT);
            log.accept(child.name() + " runs again");
        } catch (IOException refused) {
            log.accept(child.name() + " cannot be started: " + refused.getMessage());
        } catch (ChildFailedException failed) {
            endTheLate(child, failed);
        }
    }

    private synchronized boolean launch(Child child) throws IOException {
        if (!stopping) {
            child.launch();
        }
        return !stopping;
    }

    /** One that ended by itself is told by its watch. */
    private void endTheLate(Child child, ChildFailedException failed) {
        if (child.isAlive() && !stopping) {
            log.accept(failed.getMessage());
            child.kill();
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
        new RunState(ProcessHandle.current().pid(), true, watches.stream().map(Watched::state).toList())
                .write(platform.folder());
    }
}
