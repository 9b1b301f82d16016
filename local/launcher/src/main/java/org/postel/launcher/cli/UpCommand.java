package org.postel.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.postel.engines.ChildFailedException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;
import org.postel.launcher.platform.DataFolder;
import org.postel.launcher.platform.Layout;
import org.postel.launcher.platform.OperatorSettings;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.RunLock;
import org.postel.launcher.platform.RunState;
import org.postel.launcher.platform.Supervisor;

/**
 * Starts everything and watches it until a signal comes. The script runs this in a process group of its own, so that Ctrl-C
 * reaches the launcher alone and the children end in good order.
 */
final class UpCommand implements Command {

    private static final Duration BETWEEN_TOKENS = Duration.ofMinutes(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Path root;
    private final DataFolder folder;

    UpCommand(Path root, DataFolder folder) {
        this.root = root;
        this.folder = folder;
    }

    @Override
    public int run(List<String> arguments) throws IOException {
        UpOptions options = UpOptions.of(arguments);
        Optional<RunLock> lock = RunLock.take(folder);
        if (lock.isEmpty()) {
            throw new FailedException(RunState.read(folder).filter(RunState::ready).isPresent()
                    ? "Postel is already running; ./postel status shows it, ./postel down stops it."
                    : "Postel is already starting; ./postel status shows it, ./postel down stops it.");
        }
        return start(options, lock.get());
    }

    private int start(UpOptions options, RunLock lock) throws IOException {
        DiskSpace.of(folder.path()).require(DiskSpace.NEEDED_MEBIBYTES);
        // Before all else: until it is written, `postel down` would signal the process of an earlier run.
        new RunState(ProcessHandle.current().pid(), false, List.of()).write(folder);
        Layout layout = Layout.usual(options.scale());
        new Preflight(layout).check();
        LauncherLog log = new LauncherLog(folder);
        Map<String, String> operator = OperatorSettings.read(List.of(root.resolve("postel.properties"),
                folder.operatorSettings()));
        Platform platform = new Platform(root, folder, layout, operator);
        Stopping stopping = new Stopping(platform, log, lock);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stopping));
        try {
            startAll(platform, layout, options, stopping, log);
            options.tellReady();
        } catch (IOException | RuntimeException failed) {
            if (stopping.hasBegun()) {
                return FAILED;
            }
            stopping.run();
            DiskSpace.of(folder.path()).require(DiskSpace.FULL_MEBIBYTES);
            throw new FailedException(reason(failed), failed);
        }
        return watch(platform, options, log);
    }

    private void startAll(Platform platform, Layout layout, UpOptions options, Stopping stopping, LauncherLog log) throws IOException {
        AdminApi admin = new AdminApi(folder);
        log.accept("Starting Kafka, Cassandra and the five services ...");
        if (options.restored()) {
            platform.startRestored(log, () -> new RestoredMailboxes(admin).advance(() -> renew(platform), log));
        } else {
            platform.start(log);
        }
        Supervisor supervisor = new Supervisor(platform, log);
        stopping.endWatch(supervisor);
        supervisor.start();
        System.out.println(new FirstSteps(layout, new FirstAccounts(folder, admin).made()).text());
    }

    private static void renew(Platform platform) {
        try {
            platform.renewTokens();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static String reason(Exception failed) {
        return failed instanceof ChildFailedException || failed instanceof FailedException ? failed.getMessage()
                : "Postel could not be started: " + failed.getMessage();
    }

    /** Until the shutdown hook ends the process, or the script that waits for us is gone. */
    private static int watch(Platform platform, UpOptions options, LauncherLog log) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        long renewed = System.nanoTime();
        try {
            while (!never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() - renewed > BETWEEN_TOKENS.toNanos()) {
                    platform.renewTokens();
                    renewed = System.nanoTime();
                }
                if (options.parentIsGone()) {
                    log.accept("The terminal is gone: stopping.");
                    return DONE;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return DONE;
    }
}
