package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** In clear, after STARTTLS or STLS, and under TLS from the first octet: the same mail. */
class TlsTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();

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
}
