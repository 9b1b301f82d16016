package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.postel.launcher.identity.Certificate;
import org.postel.launcher.platform.Port;

/** In clear, after STARTTLS or STLS, and under TLS from the first octet: the same mail. */
class TlsTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    @Test
    void mailIsTakenAndReadOnEveryPort() throws IOException {
        Account account = PLATFORM.account();
        byte[] message = Messages.plain(account.address(), account.address(), "through TLS");
        try (SmtpClient clear = SmtpClient.connect(PLATFORM.port(Port.SMTP)).startTls()) {
            assertTrue(clear.send("sender@example.org", account.address(), message).startsWith("250"));
        }
        try (SmtpClient submission = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            assertTrue(submission.login(account).startsWith("235"));
            assertTrue(submission.send(account.address(), account.address(), message).startsWith("250"));
        }
        try (SmtpClient submissions = SmtpClient.connectTls(PLATFORM.port(Port.SUBMISSIONS))) {
            assertTrue(submissions.login(account).startsWith("235"));
            assertTrue(submissions.send(account.address(), account.address(), message).startsWith("250"));
        }
        Inbox.of(PLATFORM.port(Port.IMAP), account, 3).forEach(read -> TraceHeader.assertSame(message, read));
        try (ImapClient imap = ImapClient.connect(PLATFORM.port(Port.IMAP)).startTls()) {
            imap.login(account);
            assertEquals(3, imap.exists());
        }
        try (ImapClient imap = ImapClient.connectTls(PLATFORM.port(Port.IMAPS))) {
            imap.login(account);
            assertEquals(3, imap.exists());
        }
        try (Pop3Client pop3 = Pop3Client.connect(PLATFORM.port(Port.POP3)).startTls()) {
            assertTrue(pop3.login(account).startsWith("+OK"));
            TraceHeader.assertSame(message, pop3.message(3));
            pop3.ok("QUIT");
        }
        try (Pop3Client pop3 = Pop3Client.connectTls(PLATFORM.port(Port.POP3S))) {
            assertTrue(pop3.login(account).startsWith("+OK"));
            TraceHeader.assertSame(message, pop3.message(1));
        }
    }

    /** As where a Secret is renewed: who connects from then on sees the new certificate, on each gateway, and who is connected stays. */
    @Test
    void aNewCertificateIsShownWithoutARestart() throws Exception {
        Account account = PLATFORM.account();
        Path folder = PLATFORM.platform().folder().tls();
        try (ImapClient before = ImapClient.connectTls(PLATFORM.port(Port.IMAPS))) {
            before.login(account);
            Files.delete(folder.resolve("key.pem"));
            Certificate.makeIn(folder, "mail.example.test");
            X509Certificate renewed = read(folder.resolve("cert.pem"));
            for (Port port : List.of(Port.SUBMISSIONS, Port.IMAPS, Port.POP3S)) {
                for (int number : PLATFORM.ports(port)) {
                    awaitShown(renewed, number);
                }
            }
            assertEquals(0, before.exists());
        }
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private static void awaitShown(X509Certificate wanted, int port) throws IOException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!shown(port).equals(wanted)) {
            assertTrue(System.nanoTime() - end < 0, "the old certificate is still shown");
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static X509Certificate shown(int port) throws IOException {
        try (Line line = Line.connectTls(port)) {
            return line.certificate();
        }
    }
}
