package org.postel.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One child process that can be started, killed, stopped and started again on the same data. Its output is appended to a log
 * file. Safe for use by several threads.
 */
public final class Child {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(200);

    private final String name;
    private final JavaProgram program;
    private final Path log;
    private final Probe probe;
    private volatile Process process;
    private volatile long logBefore;

    /**
     * A child that is not started yet.
     *
     * @param name for messages
     * @param program what to run
     * @param log where its output goes; the folder is made when missing
     * @param probe whether it serves
     */
    public Child(String name, JavaProgram program, Path log, Probe probe) {
        this.name = name;
        this.program = program;
        this.log = log;
        this.probe = probe;
    }

    /** As given. */
    public String name() {
        return name;
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /**
     * Starts the process and returns at once.
     *
     * @throws IOException when it cannot be started
     */
    public void launch() throws IOException {
        launch(Map.of());
    }

    /**
     * The same, with variables added to its environment for this life.
     *
     * @throws IOException when it cannot be started
     */
    public synchronized void launch(Map<String, String> environment) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(program.command())
                .directory(program.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(program.environment());
        builder.environment().putAll(environment);
        logBefore = Files.exists(log) ? Files.size(log) : 0;
        process = builder.start();
    }

    /**
     * Waits until the process serves.
     *
     * @throws ChildFailedException when it ends before, or does not serve within the limit
     */
    public void awaitReady(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (!isAlive()) {
                throw new ChildFailedException(name + " ended with exit code " + process.exitValue()
                        + " while it started" + reason() + ". Its log is " + log);
            }
            if (System.nanoTime() > end) {
                throw new ChildFailedException(name + " was not ready within " + limit.toSeconds() + " s" + reason()
                        + ". Its log is " + log);
            }
            LockSupport.parkNanos(BETWEEN_PROBES.toNanos());
        }
    }

    /**
     * Starts the process and waits until it serves.
     *
     * @throws IOException when it cannot be started
     * @throws ChildFailedException when it does not become ready
     */
    public void start(Duration limit) throws IOException {
        launch();
        awaitReady(limit);
    }

    /** The last error in the log of its last life, as one line; empty when there is none. */
    public Optional<String> lastWords() {
        return LastWords.of(log, logBefore);
    }

    private String reason() {
        return lastWords().map(words -> ": " + words).orElse("");
    }

    /** Whether it runs and serves now. */
    public boolean isReady() {
        try {
            return isAlive() && probe.isReady();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether the process runs. */
    public boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** The id of the process that was started last. */
    public long pid() {
        return process.pid();
    }

    /** Its exit code when it has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** SIGKILL, and waits for the end. Does nothing when it does not run. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /**
     * SIGTERM, then SIGKILL when it has not ended within the grace period. Does nothing when it does not run. The signal goes
     * through the handle: {@link Process#destroy()} also closes the pipe, and the {@link Tether} would end the child at once.
     */
    public synchronized void stop(Duration grace) {
        if (process == null) {
            return;
        }
        process.toHandle().destroy();
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
