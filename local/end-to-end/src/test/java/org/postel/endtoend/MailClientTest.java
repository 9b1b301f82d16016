package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** A library client at work, as programs use mail. */
class MailClientTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();

    @Test
    void sendsSearchesFlagsMovesAndDeletes() throws IOException, MessagingException {
        Account account = PLATFORM.account();
        Session session = session();
        send(session, account, "first");
        send(session, account, "second");
        Inbox.of(PLATFORM.port(Port.IMAP), account, 2);
        try (Store store = session.getStore("imap")) {
            store.connect("127.0.0.1", PLATFORM.port(Port.IMAP), account.address(), account.password());
            Folder archive = store.getFolder("Archive/2026");
            assertTrue(archive.exists() || archive.create(Folder.HOLDS_MESSAGES));
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            Message[] found = inbox.search(new SubjectTerm("second"));
            assertEquals(1, found.length);
            found[0].setFlag(Flags.Flag.FLAGGED, true);
            inbox.copyMessages(found, archive);
            found[0].setFlag(Flags.Flag.DELETED, true);
            inbox.close(true);
            archive.open(Folder.READ_ONLY);
            assertEquals("second", archive.getMessage(1).getSubject());
            assertTrue(archive.getMessage(1).isSet(Flags.Flag.FLAGGED));
            archive.close(false);
            inbox.open(Folder.READ_ONLY);
            assertEquals(1, inbox.getMessageCount());
            assertEquals("first", inbox.getMessage(1).getSubject());
            assertFalse(inbox.getMessage(1).isSet(Flags.Flag.FLAGGED));
        }
    }

    @Test
    void appendsAndReadsStructure() throws IOException, MessagingException {
        Account account = PLATFORM.account();
        Session session = session();
        try (Store store = session.getStore("imap")) {
            store.connect("127.0.0.1", PLATFORM.port(Port.IMAP), account.address(), account.password());
            Folder drafts = store.getFolder("Drafts");
            MimeMessage draft = new MimeMessage(session, new ByteArrayInputStream(Messages.multipart("a draft")));
            draft.setFlag(Flags.Flag.DRAFT, true);
            drafts.appendMessages(new Message[] {draft});
            drafts.open(Folder.READ_ONLY);
            Message read = drafts.getMessage(1);
            assertTrue(read.isMimeType("multipart/mixed"));
            assertTrue(read.isSet(Flags.Flag.DRAFT));
            assertEquals("a.bin", ((jakarta.mail.Multipart) read.getContent()).getBodyPart(1).getFileName());
        }
    }

    private static void send(Session session, Account account, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(account.address()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(account.address()));
        message.setSubject(subject);
        message.setText("Text of " + subject);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", PLATFORM.port(Port.SUBMISSION), account.address(), account.password());
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.trust", "*");
        properties.put("mail.smtp.ssl.checkserveridentity", "false");
        properties.put("mail.imap.starttls.required", "true");
        properties.put("mail.imap.starttls.enable", "true");
        properties.put("mail.imap.ssl.trust", "*");
        properties.put("mail.imap.ssl.checkserveridentity", "false");
        return Session.getInstance(properties);
    }
}
