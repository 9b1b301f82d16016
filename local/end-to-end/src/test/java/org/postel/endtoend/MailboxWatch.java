package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.postel.launcher.platform.Port;
import org.postel.mailbox.api.MailboxClientSettings;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxesClient;
import org.postel.mailbox.api.v1.AuthenticateRequest;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.PasswordCredentials;
import org.postel.mailbox.api.v1.StatusRequest;
import org.postel.mailbox.api.v1.TreeRequest;

/** Looks at an account's INBOX as mailbox-service tells it, which knows MODSEQ. */
final class MailboxWatch implements AutoCloseable {

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final MailboxServiceClient client;
    private final MailboxesClient mailboxes;
    private final Mailbox inbox;
    private final MailboxHeader first;
    private MailboxHeader last;

    MailboxWatch(RunningPlatform platform, Account account) {
        client = new MailboxServiceClient(MailboxClientSettings.of(platform.ports(Port.GRPC).stream().map(port -> "127.0.0.1:" + port).toList(),
                platform.platform().folder().token("imap-gateway")));
        mailboxes = client.mailboxes(client.directory().authenticate(AuthenticateRequest.newBuilder()
                .setProtocol(AuthenticateRequest.Protocol.IMAP).setClientAddress("127.0.0.1")
                .setPassword(PasswordCredentials.newBuilder().setAuthenticationId(account.address())
                        .setPassword(account.password())).build()).getSession());
        inbox = mailboxes.tree(TreeRequest.getDefaultInstance()).getMailboxes(0);
        first = header();
        last = first;
    }

    /** Neither UIDNEXT nor MODSEQ goes back, UIDVALIDITY stays. Does nothing while mailbox-service is away. */
    void look() {
        MailboxHeader now;
        try {
            now = header();
        } catch (MailboxServiceException away) {
            return;
        }
        assertEquals(last.getUidValidity(), now.getUidValidity());
        assertTrue(now.getUidNext() >= last.getUidNext(), () -> "UIDNEXT went back from " + last + " to " + now);
        assertTrue(now.getModseq() >= last.getModseq(), () -> "MODSEQ went back from " + last + " to " + now);
        last = now;
    }

    /** Waits until mailbox-service answers again: the last process that was killed is back, its clients find it within seconds. */
    void awaitAnswer() {
        long end = System.nanoTime() + RECOVERY.toNanos();
        while (true) {
            try {
                header();
                return;
            } catch (MailboxServiceException away) {
                if (System.nanoTime() - end > 0) {
                    throw away;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /** The log since the watch began: every arrival has a higher UID and a higher MODSEQ than the one before, and no MODSEQ is given twice. */
    void checkLog() {
        List<Long> modseqs = new ArrayList<>();
        List<Long> uids = new ArrayList<>();
        List<Long> arrivals = new ArrayList<>();
        try (var chunks = mailboxes.changes(ChangesRequest.newBuilder().setMailboxId(inbox.getId())
                .setUidValidity(inbox.getUidValidity()).setSinceModseq(first.getModseq())
                .setUidNext(first.getUidNext()).build())) {
            while (chunks.hasNext()) {
                ChangesChunk chunk = chunks.next();
                assertTrue(!chunk.getReopen(), "the log is folded already");
                chunk.getArrivalsList().forEach(row -> uids.add((long) row.getUid()));
                chunk.getArrivalsList().stream().map(MessageRow::getModseq).forEach(arrivals::add);
                chunk.getChangesList().forEach(change -> modseqs.add(change.getModseq()));
            }
        }
        assertRises("UIDs of arrivals", uids);
        assertRises("MODSEQs of arrivals", arrivals);
        assertRises("MODSEQs of changes", modseqs);
        modseqs.retainAll(arrivals);
        assertEquals(List.of(), modseqs, "MODSEQs given to an arrival and to a change");
    }

    private static void assertRises(String what, List<Long> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            assertTrue(numbers.get(i - 1) < numbers.get(i), what + " do not rise: " + numbers);
        }
    }

    private MailboxHeader header() {
        return mailboxes.status(StatusRequest.newBuilder().addMailboxId(inbox.getId()).build()).getHeaders(0);
    }

    @Override
    public void close() {
        client.close();
    }
}
