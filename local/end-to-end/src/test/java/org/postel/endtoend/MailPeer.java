package org.postel.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.postel.engines.FreePort;
import org.postel.engines.SourceTree;

/**
 * Another project's mail server in the Debian that local/interop/peers made for it. It hands mail for its own domain to {@code sink} and mail for
 * example.test to Postel, under TLS or not at all.
 */
final class MailPeer {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Whose. */
    enum Kind {
        POSTFIX("var/log/mail.log", Map.of("main.cf", "etc/postfix/main.cf", "master.cf", "etc/postfix/master.cf"), "postfix", "start-fg"),
        EXIM("var/log/exim4/mainlog", Map.of("exim.conf", "etc/exim4/exim4.conf"), "exim4", "-bdf", "-q1m"),
        OPENSMTPD("output", Map.of("smtpd.conf", "etc/smtpd.conf"), "smtpd", "-d");

        private final String log;
        private final Map<String, String> files;
        private final List<String> command;

        Kind(String log, Map<String, String> files, String... command) {
            this.log = log;
            this.files = files;
            this.command = List.of(command);
        }

        String folder() {
            return name().toLowerCase();
        }

        /** Whose mail it takes. */
        String domain() {
            return folder() + ".example.org";
        }
    }

    private final Kind kind;
    private final Path root;
    private final int port;
    private Process process;

    /** Not started yet; its port is known. */
    MailPeer(Kind kind) throws IOException {
        this.kind = kind;
        this.root = SourceTree.find().root().resolve(".postel/peers").resolve(kind.folder());
        this.port = FreePort.next();
        if (!Files.exists(root.resolve("installed"))) {
            throw new IOException("There is no " + kind + " at " + root + "; ./postel interop smtp installs it.");
        }
    }

    Kind kind() {
        return kind;
    }

    int port() {
        return port;
    }

    /**
     * Ready when it returns.
     *
     * @param sink port of the server that gets mail for its own domain
     * @param postel Postel's port for mail from other servers
     * @param lmtp Postel's port for mail from a server before it
     */
    void start(int sink, int postel, int lmtp) throws IOException {
        for (Map.Entry<String, String> file : kind.files.entrySet()) {
            Files.writeString(root.resolve(file.getValue()), template(file.getKey()).replace("${port}", "" + port)
                    .replace("${sink}", "" + sink).replace("${postel}", "" + postel).replace("${lmtp}", "" + lmtp));
        }
        Files.deleteIfExists(log());
        process = new ProcessBuilder(inside(kind.command)).redirectErrorStream(true).redirectOutput(root.resolve("output").toFile()).start();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(kind + " does not start: " + Files.readString(root.resolve("output")));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private List<String> inside(List<String> command) {
        return Stream.concat(Stream.of("chroot", root.toString()), command.stream()).toList();
    }

    /** Has its own sendmail take a mail on its machine. */
    void sendmail(byte[] message, String... arguments) throws IOException {
        Process sendmail = new ProcessBuilder(inside(Stream.concat(Stream.of("sendmail"), Stream.of(arguments)).toList())).redirectErrorStream(true).start();
        try (OutputStream in = sendmail.getOutputStream()) {
            in.write(new String(message, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        String said = new String(sendmail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (sendmail.onExit().join().exitValue() != 0) {
            throw new IOException("sendmail of " + kind + ": " + said);
        }
    }

    /** Waits for a line in its log of this run. */
    void awaitLogged(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + LOG_LIMIT.toNanos();
        String logged = "";
        while (!wanted.matcher(logged).find()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Nothing like '" + pattern + "' in " + logged);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            logged = Files.exists(log()) ? Files.readString(log()) : "";
        }
    }

    private Path log() {
        return root.resolve(kind.log);
    }

    /** Its EHLO keywords. */
    List<String> keywords() throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(port)) {
            return smtp.keywords();
        }
    }

    /** A file of its Debian. */
    String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private String template(String name) throws IOException {
        try (var in = MailPeer.class.getResourceAsStream("/interop/" + kind.folder() + "/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void stop() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public String toString() {
        return kind.folder();
    }
}
