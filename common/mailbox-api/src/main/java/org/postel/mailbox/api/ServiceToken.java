package org.postel.mailbox.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The JWT that says which service calls, kept in a file that somebody else renews (a projected service-account token, or
 * the local launcher). The file is looked at again at most once a second.
 */
public final class ServiceToken {

    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int LARGEST = 16 << 10;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private String token = "";
    private Version read = new Version(FileTime.fromMillis(0), -1, "");
    private long lookAgainAt = System.nanoTime();

    public ServiceToken(Path file) {
        this.file = file;
    }

    /**
     * The token as the file has it now. A file that has vanished leaves the last token in use, so that replacing it is no
     * outage.
     *
     * @throws MailboxServiceException with UNAUTHENTICATED when no token could be read yet
     */
    public String current() {
        lock.lock();
        try {
            if (token.isEmpty() || System.nanoTime() - lookAgainAt >= 0) {
                lookAgainAt = System.nanoTime() + LOOK_AGAIN_NANOS;
                readIfChanged();
            }
            return token;
        } catch (IOException e) {
            if (token.isEmpty()) {
                throw new MailboxServiceException(MailboxServiceException.Reason.UNAUTHENTICATED, "cannot read service token " + file, e);
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    private void readIfChanged() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Version now = new Version(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        if (now.equals(read)) {
            return;
        }
        if (now.size > LARGEST) {
            throw new IOException("service token over " + LARGEST + " octets: " + file);
        }
        String content = Files.readString(file).strip();
        if (content.isEmpty()) {
            throw new IOException("service token is empty: " + file);
        }
        token = content;
        read = now;
    }

    private record Version(FileTime modified, long size, String key) {}
}
