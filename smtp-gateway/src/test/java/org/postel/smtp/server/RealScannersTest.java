package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.wire.LineClient;

/**
 * Rspamd and ClamAV as Debian has them: {@code apt-get install rspamd clamav-daemon}, then {@code ./postel test scanners}. Each is started
 * with a small configuration of its own; ClamAV has one signature, and nothing is downloaded.
 */
@Tag("scanners")
@Timeout(180)
class RealScannersTest {

    private static final String MALWARE = "this is what the one signature of this test is about\r\n";
    // Known to every Rspamd, for tests.
    private static final String GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n";

    @Test
    void clamdFindsMalwareInSmallAndLargeMail(@TempDir Path folder) throws Exception {
        open(folder);
        Path signatures = Files.createDirectory(folder.resolve("signatures"));
        open(signatures);
        Files.writeString(signatures.resolve("test.ndb"), "Postel-Test:0:*:" + HexFormat.of().formatHex(MALWARE.strip().getBytes(StandardCharsets.US_ASCII)) + "\n");
        Path socket = folder.resolve("clamd.sock");
        Path config = Files.writeString(folder.resolve("clamd.conf"), "LocalSocket " + socket + "\nDatabaseDirectory " + signatures + "\nForeground yes\n"
            + "StreamMaxLength 50M\nTemporaryDirectory " + folder + "\n");
        Process clamd = start("clamd", folder, "--config-file=" + config);
        try (TestGateway gateway = new TestGateway(Map.of(), Map.of("enabled", "false"), Map.of("clamd.address", socket.toString()))) {
            await(clamd, folder, () -> Files.exists(socket));
            assertEquals("550 5.7.1 Message is infected: Postel-Test.UNOFFICIAL", send(gateway, "A: b\r\n\r\n" + MALWARE));
            assertEquals("550 5.7.1 Message is infected: Postel-Test.UNOFFICIAL", send(gateway, "A: b\r\n\r\n" + harmless() + MALWARE));
            assertTrue(send(gateway, "A: b\r\n\r\n" + harmless()).startsWith("250"));
            assertTrue(send(gateway, "A: b\r\n\r\nhello\r\n").startsWith("250"));
        } finally {
            end(clamd);
        }
    }

    @Test
    void rspamdMarksAndRefuses(@TempDir Path folder) throws Exception {
        open(folder);
        int port = freePort();
        Path config = Files.writeString(folder.resolve("rspamd.conf"), """
            options { pidfile = "%1$s/rspamd.pid"; filters = "regexp"; url_tld = "/usr/share/rspamd/effective_tld_names.dat"; hs_cache_dir = "%1$s"; temp_dir = "%1$s";
              control_socket = "%1$s/control.sock mode=0600"; dns { nameserver = ["127.0.0.1:1"]; timeout = 0.1s; retransmits = 1; } }
            logging { type = "console"; level = "warning"; }
            worker "normal" { bind_socket = "127.0.0.1:%2$d"; count = 1; }
            actions { reject = 15; add_header = 6; }
            regexp { "BUY_NOW" { re = 'Subject=/buy now/H'; score = 7; } }
            """.formatted(folder, port));
        Process rspamd = start("rspamd", folder, "-f", "-i", "-c", config.toString());
        try (TestGateway gateway = new TestGateway(Map.of(), Map.of("enabled", "false"), Map.of("rspamd.address", "127.0.0.1:" + port,
            "rspamd.on-failure", "tempfail"))) {
            await(rspamd, folder, () -> listens(port));
            assertTrue(send(gateway, "Subject: hello\r\n\r\nhello\r\n").startsWith("250"));
            assertTrue(send(gateway, "Subject: buy now\r\n\r\n" + harmless()).startsWith("250"));
            AcceptedMessage good = gateway.queue.messages().getFirst();
            AcceptedMessage spam = gateway.queue.messages().getLast();
            assertTrue(good.assessment().fields().startsWith("X-Spam-Status: No, "), good.assessment().fields());
            assertTrue(spam.assessment().fields().startsWith("X-Spam-Flag: YES\r\nX-Spam-Status: Yes, score=7.00 required=15.00\r\n\ttests=BUY_NOW"),
                spam.assessment().fields());
            assertTrue(spam.assessment().junk());
            assertEquals("550 5.7.1 Gtube pattern", send(gateway, "Subject: x\r\n\r\n" + GTUBE));
        } finally {
            end(rspamd);
        }
    }

    private static String harmless() {
        return ("x".repeat(70) + "\r\n").repeat(20_000);
    }

    private static String send(TestGateway gateway, String content) throws IOException {
        try (LineClient client = TestGateway.ehlo(gateway.mx())) {
            client.send("MAIL FROM:<carol@example.org>").expect("250");
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("DATA").expect("354");
            return client.sendRaw(content + ".\r\n").readLine();
        }
    }

    private static Process start(String program, Path folder, String... arguments) throws IOException {
        Path found = Path.of("/usr/sbin", program);
        Path file = Files.isExecutable(found) ? found : Path.of("/usr/bin", program);
        if (!Files.isExecutable(file)) {
            fail(program + " is not installed: apt-get install rspamd clamav-daemon");
        }
        return new ProcessBuilder(java.util.stream.Stream.concat(java.util.stream.Stream.of(file.toString()), java.util.Arrays.stream(arguments)).toList())
            .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    }

    // Both may give up root, and must get at their files then.
    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @FunctionalInterface
    private interface Condition {
        boolean met() throws IOException;
    }

    private static void await(Process process, Path folder, Condition condition) throws IOException, InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.met()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > until) {
                fail("it did not start: " + Files.readString(folder.resolve("log")));
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
