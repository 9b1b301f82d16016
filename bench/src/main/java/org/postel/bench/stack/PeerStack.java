package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.postel.bench.load.Account;
import org.postel.engines.FreePort;
import org.postel.launcher.FailedException;

/** Debian's Postfix and Dovecot, started side by side on folders and ports of their own. */
public final class PeerStack {

    /** In the table. */
    public static final String NAME = "Postfix + Dovecot";
    /** How they come onto the machine. */
    public static final String INSTALL =
            "apt-get install postfix dovecot-imapd dovecot-pop3d dovecot-lmtpd (Debian; run the bench as root)";

    /** The user whose the mailboxes are. */
    static final int NOBODY = 65534;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();
    private static final List<String> NEEDED = List.of("/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/lib/dovecot/imap",
            "/usr/lib/dovecot/pop3", "/usr/lib/dovecot/lmtp");

    private PeerStack() {
    }

    /** Whether both are installed and this user may start them. */
    public static boolean isInstalled() {
        return NEEDED.stream().allMatch(program -> Files.exists(Path.of(program)))
                && "root".equals(System.getProperty("user.name"));
    }

    /** Starts both on an empty folder, which goes away with them. */
    public static MailStack start(int count) throws IOException {
        Path folder = Files.createTempDirectory("postel-bench-peers-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Account> accounts = PostelAccounts.named(count);
        DovecotFolder dovecot = new DovecotFolder(Files.createDirectory(folder.resolve("dovecot")), FreePort.next(),
                FreePort.next(), accounts);
        PostfixFolder postfix = new PostfixFolder(Files.createDirectory(folder.resolve("postfix")), FreePort.next(),
                dovecot.lmtp(), accounts);
        StoppedOnce end = new StoppedOnce(() -> stop(folder, dovecot, postfix));
        try {
            dovecot.write();
            postfix.write((int) Files.getAttribute(Path.of("/var/lib/postfix"), "unix:uid"));
            execute(folder, "/usr/sbin/dovecot", "-c", dovecot.settings().toString());
            execute(folder, "/usr/sbin/postfix", "-c", postfix.settings().toString(), "start");
            await(dovecot.imap());
            await(postfix.smtp());
            Map<String, Long> roots = new LinkedHashMap<>();
            roots.put("postfix", processId(postfix.processId()));
            roots.put("dovecot", processId(dovecot.processId()));
            return new MailStack(NAME, postfix.smtp(), dovecot.imap(), dovecot.pop3(), accounts, new Processes(roots), Optional.empty(), Optional.empty(), end);
        } catch (IOException | RuntimeException failed) {
            end.stop();
            throw failed;
        }
    }

    private static long processId(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static void stop(Path folder, DovecotFolder dovecot, PostfixFolder postfix) throws IOException {
        for (Path file : List.of(postfix.processId(), dovecot.processId())) {
            if (Files.exists(file)) {
                end(processId(file));
            }
        }
        FolderTree.delete(folder);
    }

    /** Both masters end their children at SIGTERM. */
    private static void end(long master) {
        ProcessHandle.of(master).ifPresent(process -> {
            List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
            process.destroy();
            process.onExit().completeOnTimeout(process, LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().completeOnTimeout(one, LIMIT.toSeconds(), TimeUnit.SECONDS).join());
        });
    }

    private static void execute(Path folder, String... command) throws IOException {
        Path output = folder.resolve("start.log");
        try {
            int code = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(output.toFile())).start().waitFor();
            if (code != 0) {
                throw new FailedException(command[0] + " did not start: " + Files.readString(output));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        }
    }

    private static void await(int port) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (FreePort.isFree(port)) {
            if (System.nanoTime() > end) {
                throw new FailedException("Nothing listens on port " + port + " after " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
