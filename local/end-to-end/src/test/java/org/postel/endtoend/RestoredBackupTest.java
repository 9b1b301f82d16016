package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.cli.RestoredMailboxes;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.ServiceName;

/**
 * A site is lost: Cassandra's data and Kafka's. What a backup of Cassandra has is restored by the steps of k8s/README.md, on one machine.
 */
@Timeout(300)
@Order(SharedPlatform.Turn.OF_OTHERS)
class RestoredBackupTest {

    private static final String SENDER = "sender@example.org";

    @TempDir
    Path folder;

    private RunningPlatform platform;

    @BeforeEach
    void start() {
        platform = RunningPlatform.start(RunningPlatform.impatient());
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void mailOfTheBackupIsThereAndNoUidIsGivenAgain() throws IOException {
        Account account = platform.account();
        byte[] first = deliver(account, "first", 1);
        deliver(account, "second", 2);
        deliver(account, "third", 3);
        store("UID STORE 2 +FLAGS (\\Deleted)", account);
        store("UID EXPUNGE 2", account);
        store("UID STORE 1 +FLAGS (\\Flagged $Label1)", account);
        CassandraBackup backup = CassandraBackup.take(platform.platform().cassandra(), folder);

        deliver(account, "after the backup", 3);
        store("UID STORE 3 +FLAGS (\\Seen)", account);
        Client seen = Client.of(select(account, "SELECT INBOX (CONDSTORE)"));
        assertEquals(5, seen.uidNext());
        platform.platform().service(ServiceName.DELIVERY_WORKER).kill();
        send(account, "still queued");

        loseTheSite();
        backup.restore(platform.platform().cassandra());
        startAnew();

        Client now = Client.of(select(account, "SELECT INBOX (CONDSTORE)"));
        assertEquals(seen.uidValidity(), now.uidValidity());
        assertTrue(now.uidNext() > seen.uidNext(), now.toString());
        assertTrue(now.modseq() > seen.modseq(), now.toString());
        assertFlags(account);
        assertForgets(account, seen);
        deliver(account, "after the restore", 3);
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            assertEquals("* SEARCH 1 3 " + now.uidNext(), imap.ok("UID SEARCH ALL").getFirst());
            TraceHeader.assertSame(first, imap.message(1));
        }
        try (Pop3Client pop3 = Pop3Client.connect(platform.port(Port.POP3))) {
            assertTrue(pop3.login(account).startsWith("+OK"));
            assertTrue(pop3.ok("STAT").startsWith("+OK 3 "));
        }
    }

    private void loseTheSite() throws IOException {
        platform.platform().close();
        CassandraBackup.lose(platform.platform().cassandra());
        CassandraBackup.delete(platform.platform().kafka().home().resolve("data"));
    }

    /** What {@code ./postel up --restored} does, and the steps of k8s/README.md in their order. */
    private void startAnew() {
        Platform anew = platform.platform();
        List<String> told = new ArrayList<>();
        anew.startRestored(System.out::println, () -> {
            for (ServiceName service : List.of(ServiceName.SMTP_GATEWAY, ServiceName.IMAP_GATEWAY, ServiceName.POP3_GATEWAY, ServiceName.DELIVERY_WORKER)) {
                assertFalse(anew.service(service).isAlive(), service + " runs before all mailboxes were let go on");
            }
            new RestoredMailboxes(platform.admin()).advance(() -> { }, told::add);
        });
        assertTrue(told.getLast().endsWith("give no UID again.") && !told.getLast().startsWith("0 "), told.toString());
    }

    /** As they were when the backup was taken. */
    private void assertFlags(Account account) throws IOException {
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            String flags = String.join("\n", imap.ok("UID FETCH 1:* (FLAGS)"));
            assertTrue(flags.contains("\\Flagged") && flags.contains("$Label1"), flags);
            assertFalse(flags.contains("\\Seen"), flags);
        }
    }

    /** A client that saw what was lost is told that it is not there (RFC 7162 §3.2.5), and which flags are again as they were. */
    private void assertForgets(Account account, Client seen) throws IOException {
        List<String> told = select(account, "SELECT INBOX (QRESYNC (" + seen.uidValidity() + " " + seen.modseq() + "))");
        Matcher vanished = Pattern.compile("VANISHED \\(EARLIER\\) 2,4:(\\d+)").matcher(String.join("\n", told));
        assertTrue(vanished.find() && Long.parseLong(vanished.group(1)) >= seen.uidNext() - 1, told.toString());
        assertTrue(fetched(told, 1).contains("\\Flagged"), told.toString());
        assertFalse(fetched(told, 3).contains("\\Seen"), told.toString());
    }

    private static String fetched(List<String> responses, long uid) {
        return responses.stream().filter(response -> response.contains(" FETCH ") && Pattern.compile("UID " + uid + "\\b").matcher(response).find())
                .findFirst().orElseThrow(() -> new AssertionError("nothing of UID " + uid + " in " + responses));
    }

    private byte[] deliver(Account account, String subject, int then) throws IOException {
        byte[] message = send(account, subject);
        Inbox.of(platform.port(Port.IMAP), account, then);
        return message;
    }

    private byte[] send(Account account, String subject) throws IOException {
        byte[] message = Messages.plain(SENDER, account.address(), subject);
        try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SMTP))) {
            String reply = smtp.send(SENDER, account.address(), message);
            assertTrue(reply.startsWith("250"), reply);
        }
        return message;
    }

    private void store(String command, Account account) throws IOException {
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            imap.ok(command);
        }
    }

    private List<String> select(Account account, String command) throws IOException {
        try (ImapClient imap = ImapClient.connect(platform.port(Port.IMAP))) {
            imap.login(account);
            imap.ok("ENABLE QRESYNC");
            return imap.ok(command);
        }
    }

    /** What a client remembers of a mailbox. */
    private record Client(long uidValidity, long uidNext, long modseq) {

        static Client of(List<String> selected) {
            return new Client(number(selected, "UIDVALIDITY"), number(selected, "UIDNEXT"), number(selected, "HIGHESTMODSEQ"));
        }

        private static long number(List<String> selected, String name) {
            Matcher found = Pattern.compile("\\[" + name + " (\\d+)]").matcher(String.join("\n", selected));
            assertTrue(found.find(), selected.toString());
            return Long.parseLong(found.group(1));
        }
    }
}
