package org.postel.launcher.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Only one launcher per data folder. The operating system frees the lock when its holder dies, however that happens. */
public final class RunLock implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * The lock, or empty when a launcher runs. A command that only looks holds it for a moment, so this tries for a while.
     *
     * @throws IOException when the folder cannot be written
     */
    public static Optional<RunLock> take(DataFolder folder) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<RunLock> lock = tryOnce(folder);
        while (lock.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            lock = tryOnce(folder);
        }
        return lock;
    }

    private static Optional<RunLock> tryOnce(DataFolder folder) throws IOException {
        Files.createDirectories(folder.run());
        Path file = folder.run().resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new RunLock(channel));
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether a launcher runs on that folder. */
    public static boolean isHeld(DataFolder folder) throws IOException {
        if (!Files.exists(folder.run().resolve("lock"))) {
            return false;
        }
        Optional<RunLock> lock = tryOnce(folder);
        if (lock.isPresent()) {
            lock.get().close();
        }
        return lock.isEmpty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
