package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Debian's Claws Mail on a screen of its own, with one account over IMAP that its wizard made, driven by keys and by its own command. */
final class ClawsMail implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/bin/claws-mail");
    static final Path SCREEN = Path.of("/usr/bin/Xvfb");
    static final Path KEYS = Path.of("/usr/bin/xdotool");

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final int SECONDS = 20;

    private final MailProgram home;
    private final Process screen;
    private final Process process;
    private final String inbox;

    /** Ready when this returns: the wizard has logged in and listed the mailboxes. */
    ClawsMail(MailProgram home, int imap, Account user) throws IOException {
        this.home = home;
        String server = "127.0.0.1:" + imap;
        home.write(".claws-mail/accountrc.tmpl", """
                [AccountTemplate]
                name=Alice
                email=%1$s
                recvtype=1
                recvserver=%2$s
                recvuser=%1$s
                recvpass=%3$s
                imapssl=0
                """.formatted(user.address(), server, user.password()));
        screen = new ProcessBuilder(SCREEN.toString(), "-displayfd", "1", "-screen", "0", "1000x640x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader number = screen.inputReader();
        home.variable("DISPLAY", ":" + number.readLine());
        process = home.start(PROGRAM.toString());
        inbox = "#imap/" + user.address() + "@" + server + "/INBOX";
        focus("Setup Wizard");
        keys("alt+n", "alt+n", "alt+n", "alt+n", "alt+s");
        focus(user.address() + "@");
    }

    /** Opens INBOX; returns once it lists so many messages. */
    void list(int expected) throws IOException {
        claws("--select", inbox);
        until(status -> status.strip().matches("(?s).*\\b" + expected + " " + inbox.replace(".", "\\.") + "\\b.*"), "--status-full", inbox);
    }

    /** Opens the message with this UID. */
    void read(int uid) throws IOException {
        claws("--select", inbox + "/" + uid);
    }

    /** The UIDs of the messages with this text in their subject, each on a line at the end of a path. */
    String search(String subject) throws IOException {
        return claws("--search", inbox, "s", subject);
    }

    /** Marks the message that is open. */
    void flag() throws IOException {
        keys("asterisk");
    }

    /** Moves the message that is open to the trash. */
    void delete() throws IOException {
        keys("ctrl+d");
    }

    private void focus(String title) throws IOException {
        home.run(KEYS.toString(), "search", "--sync", "--onlyvisible", "--name", title, "windowfocus");
    }

    private void keys(String... keys) throws IOException {
        for (String key : keys) {
            home.run(KEYS.toString(), "key", key);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private String claws(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = PROGRAM.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return home.run(command);
    }

    private void until(Predicate<String> condition, String... arguments) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        String said = claws(arguments);
        while (!condition.test(said)) {
            String last = said;
            assertTrue(System.nanoTime() < end, () -> "not so after " + LIMIT + ": " + last);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            said = claws(arguments);
        }
    }

    byte[] screenshot() throws IOException {
        Path picture = home.home().resolve("screen.png");
        home.run("import", "-window", "root", picture.toString());
        return Files.readAllBytes(picture);
    }

    @Override
    public void close() throws IOException {
        try {
            for (Process one : new Process[] {process, screen}) {
                one.destroy();
                if (!one.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    one.destroyForcibly().waitFor();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
