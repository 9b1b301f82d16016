package org.postel.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.postel.engines.FreePort;

/** Debian's Dovecot on a folder and ports of its own, which takes any user with {@link #PASSWORD}. Its master starts as root. */
final class DebianDovecot implements AutoCloseable {

    /** Of every user. */
    static final String PASSWORD = "secret";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int NOBODY = 65534;
    private static final List<String> NEEDED = List.of("/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/lib/dovecot/pop3");

    private final Path folder;
    private final int imap = FreePort.next();
    private final int pop3 = FreePort.next();

    private DebianDovecot(Path folder) {
        this.folder = folder;
    }

    /** Whether it is installed and this user may start it. */
    static boolean isInstalled() {
        return NEEDED.stream().allMatch(program -> Files.exists(Path.of(program))) && "root".equals(System.getProperty("user.name"));
    }

    static DebianDovecot start() throws IOException {
        Path folder = Files.createTempDirectory("postel-dovecot-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        DebianDovecot dovecot = new DebianDovecot(folder);
        Path output = folder.resolve("start.log");
        Process start = new ProcessBuilder("/usr/sbin/dovecot", "-c", dovecot.settings().toString()).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        if (start.onExit().join().exitValue() != 0) {
            throw new IOException("Dovecot did not start: " + Files.readString(output));
        }
        long end = System.nanoTime() + LIMIT.toNanos();
        while (FreePort.isFree(dovecot.imap) || FreePort.isFree(dovecot.pop3)) {
            if (System.nanoTime() > end) {
                throw new IOException("Dovecot does not listen after " + LIMIT);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return dovecot;
    }

    int imap() {
        return imap;
    }

    int pop3() {
        return pop3;
    }

    /** The mailboxes that Postel gives a new account, with the same uses; all else is the default of Debian's package. */
    private Path settings() throws IOException {
        Path mail = Files.createDirectory(folder.resolve("mail"));
        Files.setAttribute(mail, "unix:uid", NOBODY);
        return Files.writeString(folder.resolve("dovecot.conf"), """
                base_dir = %1$s/run
                state_dir = %1$s/state
                log_path = %1$s/dovecot.log
                protocols = imap pop3
                listen = 127.0.0.1
                ssl = no
                disable_plaintext_auth = no
                mail_location = sdbox:%1$s/mail/%%u
                mail_attribute_dict = file:%1$s/mail/%%u/attributes
                passdb {
                  driver = static
                  args = password=%4$s
                }
                userdb {
                  driver = static
                  args = uid=65534 gid=65534 home=%1$s/mail/%%u
                }
                namespace inbox {
                  inbox = yes
                  separator = /
                  mailbox Drafts {
                    auto = create
                    special_use = \\Drafts
                  }
                  mailbox Sent {
                    auto = create
                    special_use = \\Sent
                  }
                  mailbox Trash {
                    auto = create
                    special_use = \\Trash
                  }
                  mailbox Junk {
                    auto = create
                    special_use = \\Junk
                  }
                  mailbox Archive {
                    auto = create
                    special_use = \\Archive
                  }
                }
                protocol imap {
                  imap_metadata = yes
                }
                service imap-login {
                  inet_listener imap {
                    port = %2$d
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                service pop3-login {
                  inet_listener pop3 {
                    port = %3$d
                  }
                  inet_listener pop3s {
                    port = 0
                  }
                }
                """.formatted(folder, imap, pop3, PASSWORD));
    }

    /** The master ends its children at SIGTERM. */
    @Override
    public void close() throws IOException {
        long master = Long.parseLong(Files.readString(folder.resolve("run/master.pid")).strip());
        ProcessHandle.of(master).ifPresent(process -> {
            List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
            process.destroy();
            process.onExit().completeOnTimeout(process, LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().completeOnTimeout(one, LIMIT.toSeconds(), TimeUnit.SECONDS).join());
        });
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
