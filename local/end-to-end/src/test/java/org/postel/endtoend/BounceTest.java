package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** What another site refuses comes back to the sender as a delivery status notification (RFC 3464). */
class BounceTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    private static final RemoteServer REMOTE = RemoteServer.shared();

    @Test
    void aRefusalComesBackInThreeParts() throws IOException, MessagingException {
        REMOTE.answer("nobody@remote.example.org", "550 5.1.1 No such user here");
        Account alice = PLATFORM.account();
        submit(alice, "nobody@remote.example.org", "refused mail");
        MimeMultipart report = report(alice);
        String machine = text(report, 1);
        assertTrue(machine.contains("Final-Recipient: rfc822; nobody@remote.example.org")
                || machine.contains("Final-Recipient: rfc822;nobody@remote.example.org"), machine);
        assertTrue(machine.contains("Action: failed"), machine);
        assertTrue(machine.contains("Status: 5.1.1"), machine);
        assertTrue(text(report, 0).contains("nobody@remote.example.org"), text(report, 0));
        assertTrue(text(report, 2).contains("Subject: refused mail"), text(report, 2));
    }

    @Test
    void aHostThatIsDownIsTriedAgainAndBouncesAtTheEnd() throws IOException, MessagingException {
        Account alice = PLATFORM.account();
        submit(alice, "somebody@down.example.org", "mail to a dead host");
        MimeMultipart report = report(alice);
        assertTrue(text(report, 1).contains("Action: failed"), text(report, 1));
        assertTrue(text(report, 1).contains("Status: 4.4."), text(report, 1));
    }

    @Test
    void aTemporaryRefusalIsTriedAgainUntilItIsTaken() throws IOException, InterruptedException {
        REMOTE.refuse("later@remote.example.org", "451 4.2.1 Come back later", 2);
        Account alice = PLATFORM.account();
        byte[] message = submit(alice, "later@remote.example.org", "greylisted");
        TraceHeader.assertSame(message, REMOTE.next("later@remote.example.org", 60).message());
    }

    /** SRS: in the name of the alias's domain, which leads what comes back to the sender, and nothing else. */
    @Test
    void aNoticeAboutForwardedMailComesBackToItsSender() throws IOException, InterruptedException {
        PLATFORM.account();
        PLATFORM.alias("away@example.test", "bob@remote.example.org");
        byte[] message = Messages.plain("carol@remote.example.org", "away@example.test", "forwarded");
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            assertTrue(smtp.send("carol@remote.example.org", "away@example.test", message).startsWith("250"));
            RemoteServer.Taken forwarded = REMOTE.next("bob@remote.example.org", 60);
            TraceHeader.assertSame(message, forwarded.message());
            assertTrue(forwarded.from().matches("SRS0=\\w{8}=\\w\\w=remote.example.org=carol@example.test"), forwarded.from());
            byte[] notice = Messages.plain("postmaster@remote.example.org", forwarded.from(), "not today");
            assertTrue(smtp.send("", forwarded.from(), notice).startsWith("250"));
            RemoteServer.Taken back = REMOTE.next("carol@remote.example.org", 60);
            TraceHeader.assertSame(notice, back.message());
            assertEquals("", back.from());
            smtp.say("MAIL FROM:<mallory@remote.example.org>");
            String refused = smtp.say("RCPT TO:<" + forwarded.from() + ">");
            assertTrue(refused.startsWith("550 5.7.1"), refused);
        }
    }

    private static byte[] submit(Account from, String to, String subject) throws IOException {
        byte[] message = Messages.plain(from.address(), to, subject);
        try (SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            smtp.login(from);
            String reply = smtp.send(from.address(), to, message);
            assertTrue(reply.startsWith("250"), reply);
        }
        return message;
    }

    private static MimeMultipart report(Account sender) throws IOException, MessagingException {
        byte[] bounce = Inbox.of(PLATFORM.port(Port.IMAP), sender, 1).getFirst();
        MimeMessage message = new MimeMessage(null, new ByteArrayInputStream(bounce));
        assertTrue(message.getContentType().replaceAll("\\s+", " ").startsWith("multipart/report"), message.getContentType());
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertEquals(3, parts.getCount());
        assertEquals("<>", message.getHeader("Return-Path") == null ? "<>" : message.getHeader("Return-Path")[0].strip());
        assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
        assertTrue(parts.getBodyPart(1).isMimeType("message/delivery-status"));
        return parts;
    }

    private static String text(MimeMultipart report, int part) throws IOException, MessagingException {
        return new String(report.getBodyPart(part).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
