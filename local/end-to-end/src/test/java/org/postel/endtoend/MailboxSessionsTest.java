package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** Two gateway processes of each protocol on the same mailbox. */
class MailboxSessionsTest {

    private static final RunningPlatform PLATFORM = RunningPlatform.shared();
    /** More than mailbox-service tells in one answer to a poll. */
    private static final int MANY = 600;
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

    @Test
    void idleOnAnotherGatewayIsToldOfNewMailWithinASecond() throws IOException {
        Account account = PLATFORM.account();
        byte[] message = Messages.plain("sender@example.org", account.address(), "wake up");
        try (ImapClient writer = ImapClient.inbox(PLATFORM.port(Port.IMAP), account);
                ImapClient idler = ImapClient.inbox(PLATFORM.port(Port.IMAP), account)) {
            // The first event of a gateway waits for its consumer; what is measured is a gateway at work.
            idler.idle();
            writer.append("INBOX", "", message);
            await(idler, "EXISTS");
            long begun = System.nanoTime();
            assertTrue(writer.append("INBOX", "", message).startsWith("OK"));
            await(idler, "2 EXISTS");
            assertTrue(System.nanoTime() - begun < TOLD_WITHIN.toNanos());
            begun = System.nanoTime();
            writer.ok("STORE 1 +FLAGS (\\Flagged)");
            await(idler, "\\Flagged");
            assertTrue(System.nanoTime() - begun < TOLD_WITHIN.toNanos());
            writer.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            writer.ok("EXPUNGE");
            await(idler, "1 EXPUNGE");
            idler.done();
        }
    }

    @Test
    void deliveredMailWakesAnIdlingSession() throws IOException {
        Account account = PLATFORM.account();
        try (ImapClient idler = ImapClient.inbox(PLATFORM.port(Port.IMAP), account);
                SmtpClient smtp = SmtpClient.connect(PLATFORM.port(Port.SMTP))) {
            idler.idle();
            assertTrue(smtp.send("sender@example.org", account.address(),
                    Messages.plain("sender@example.org", account.address(), "delivered")).startsWith("250"));
            await(idler, "1 EXISTS");
            idler.done();
        }
    }

    @Test
    void whatOneGatewayWritesTheOtherReads() throws IOException {
        Account account = PLATFORM.account();
        byte[] message = Messages.multipart("shared");
        try (ImapClient one = ImapClient.inbox(PLATFORM.port(Port.IMAP), account);
                ImapClient two = ImapClient.inbox(PLATFORM.port(Port.IMAP), account)) {
            assertTrue(one.append("INBOX", "\\Seen", message).contains("APPENDUID"));
            two.ok("NOOP");
            assertArrayEquals(message, two.message(1));
            assertTrue(two.ok("FETCH 1 (FLAGS)").getFirst().contains("\\Seen"));
            one.ok("CREATE Projects");
            two.ok("MOVE 1 Projects");
            List<String> gone = one.ok("NOOP");
            assertTrue(gone.toString().contains("1 EXPUNGE"), gone.toString());
            one.ok("SELECT Projects");
            assertArrayEquals(message, one.message(1));
        }
    }

    @Test
    void aSessionThatSleptIsToldOfManyChangesAsOfFew() throws IOException {
        Account account = PLATFORM.account();
        try (ImapClient busy = ImapClient.inbox(PLATFORM.port(Port.IMAP), account);
                ImapClient asleep = ImapClient.inbox(PLATFORM.port(Port.IMAP), account)) {
            for (int changes : List.of(3, MANY)) {
                busy.append("INBOX", "", Messages.plain("sender@example.org", account.address(), "one of some"));
                busy.ok("NOOP");
                for (int i = 0; i < changes; i++) {
                    busy.ok("STORE * FLAGS ($Change" + i % 2 + ")");
                }
                String told = asleep.ok("NOOP").toString();
                assertTrue(told.contains(busy.exists() + " EXISTS"), told);
                assertTrue(asleep.ok("FETCH * (FLAGS)").getFirst().contains("$Change" + (changes - 1) % 2));
            }
        }
    }

    @Test
    void aMaildropIsHeldByOneSessionAcrossGateways() throws IOException {
        Account account = PLATFORM.account();
        try (Pop3Client first = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
            assertTrue(first.login(account).startsWith("+OK"));
            try (Pop3Client second = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
                String refused = second.login(account);
                assertTrue(refused.startsWith("-ERR [IN-USE]"), refused);
            }
            first.ok("QUIT");
        }
        try (Pop3Client third = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
            String taken = third.login(account);
            assertTrue(taken.startsWith("+OK"), taken);
        }
    }

    @Test
    void deletionOverPop3HappensAtQuitOnly() throws IOException {
        Account account = PLATFORM.account();
        byte[] message = Messages.plain("sender@example.org", account.address(), "to be deleted");
        try (ImapClient imap = ImapClient.inbox(PLATFORM.port(Port.IMAP), account)) {
            imap.append("INBOX", "", message);
            try (Pop3Client dropped = Pop3Client.connect(PLATFORM.port(Port.POP3))) {
                dropped.login(account);
                dropped.ok("DELE 1");
                assertEquals(1, imap.exists());
                dropped.ok("RSET");
                dropped.ok("DELE 1");
                dropped.ok("QUIT");
            }
            assertEquals(0, imap.exists());
        }
    }

    /** RFC 4314 and RFC 9208: over two gateways, and with mail on its way meanwhile. */
    @Test
    void aSharedMailboxIsUsedByOthersAndAFullAccountTakesNothing() throws IOException {
        Account ann = PLATFORM.account();
        Account bob = PLATFORM.account();
        Account full = PLATFORM.account();
        PLATFORM.admin().put("/accounts/" + full.address() + "/quota", Map.of("messages", 0));
        try (SmtpClient server = SmtpClient.connect(PLATFORM.port(Port.SMTP));
                SmtpClient program = SmtpClient.connect(PLATFORM.port(Port.SUBMISSION)).startTls()) {
            server.say("MAIL FROM:<sender@example.org>");
            assertTrue(server.say("RCPT TO:<" + full.address() + ">").startsWith("452 4.2.2"));
            assertTrue(server.say("RCPT TO:<" + bob.address() + ">").startsWith("250"));
            program.login(bob);
            assertTrue(program.send(bob.address(), full.address(), Messages.plain(bob.address(), full.address(), "no room")).startsWith("250"));
        }
        byte[] message = Messages.plain("sender@example.org", ann.address(), "for the team");
        String team = "\"Other Users/" + ann.address() + "/Team\"";
        try (ImapClient owner = ImapClient.inbox(PLATFORM.port(Port.IMAP), ann);
                ImapClient guest = ImapClient.inbox(PLATFORM.port(Port.IMAP), bob);
                ImapClient nobody = ImapClient.inbox(PLATFORM.port(Port.IMAP), full)) {
            assertTrue(nobody.append("INBOX", "", message).startsWith("NO [OVERQUOTA]"));
            owner.ok("CREATE Team");
            owner.append("Team", "", message);
            assertTrue(guest.say("SELECT " + team).getLast().contains("NO [NONEXISTENT]"));
            owner.ok("SETACL Team " + bob.address() + " lrsi");
            String listed = guest.ok("LIST \"\" \"Other Users/*\" RETURN (MYRIGHTS STATUS (MESSAGES UNSEEN))").toString();
            assertTrue(listed.contains("/Team\" lrsi") && listed.contains("(MESSAGES 1 UNSEEN 1)"), listed);
            guest.ok("SELECT " + team);
            assertArrayEquals(message, guest.message(1));
            guest.ok("STORE 1 +FLAGS (\\Seen)");
            assertTrue(owner.ok("STATUS Team (UNSEEN)").toString().contains("(UNSEEN 0)"));
            assertTrue(guest.say("STORE 1 +FLAGS (\\Deleted)").getLast().contains("NO [NOPERM]"));
            guest.ok("COPY 1 INBOX");
            guest.ok("SETMETADATA " + team + " (/private/comment \"mine\")");
            guest.idle();
            owner.append("Team", "", message);
            await(guest, "2 EXISTS");
            guest.done();
            guest.ok("SELECT INBOX");
            guest.ok("COPY 1 " + team);
            assertTrue(owner.ok("STATUS Team (MESSAGES)").toString().contains("(MESSAGES 3)"));
            owner.ok("DELETEACL Team " + bob.address());
            assertTrue(guest.say("SELECT " + team).getLast().contains("NO [NONEXISTENT]"));
        }
        // The copy, and at last the notification that there was no room.
        List<byte[]> inbox = Inbox.of(PLATFORM.port(Port.IMAP), bob, 2);
        assertTrue(new String(inbox.getLast(), StandardCharsets.US_ASCII).contains("The mailbox is full"));
    }

    private static void await(ImapClient idler, String word) throws IOException {
        String told = idler.told();
        while (!told.contains(word)) {
            told = idler.told();
        }
    }
}
