package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Restored;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Mailboxes that a backup brought back give nothing for the second time (RFC 9051 §2.3.1.1, RFC 7162 §3.1). */
@ExtendWith(SharedCassandra.class)
class RestoredTest {

    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";
    /** Messages and changes that were lost. */
    private static final int LOST = 1_000;

    @Test
    void aMailboxGoesOnBeyondWhatItMayHaveGiven(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL, "\\Seen");
        pod.append(account, inbox, MAIL, "\\Deleted");
        pod.append(account, inbox, MAIL, "$Label1");
        pod.expunge(account, inbox);
        MailboxState backup = pod.open(account, inbox);

        all(pod, 1_000);
        for (Pod each : List.of(pod, new Pod(cassandra, Map.of()))) {
            MailboxState now = each.open(account, inbox);
            MailboxHeader header = now.header();
            assertEquals(backup.header().getUidValidity(), header.getUidValidity());
            assertEquals(RoaringBitmap.bitmapOf(1, 3), now.uids());
            assertEquals(List.of("\\Seen"), now.flagsOf(1));
            assertEquals(List.of("$Label1"), now.flagsOf(3));
            assertEquals(List.of(backup.header().getMessages(), backup.header().getUnseen(), backup.header().getBytes()),
                    List.of(header.getMessages(), header.getUnseen(), header.getBytes()));
            assertTrue(header.getUidNext() > backup.header().getUidNext() + LOST, header.toString());
            assertEquals(now.uids(), now.changedSince(backup.modseq() + LOST), "flags that were changed and are as before");
        }
        assertEquals(pod.open(account, inbox).header().getUidNext(), pod.append(account, inbox, MAIL).getUid());
        assertEquals(MAIL, pod.content(account, inbox, 1, 0, MAIL.length()));
    }

    /** Whoever knows the mailbox as it was, before the backup or after it, is told to forget that. */
    @Test
    void noMomentBeforeIsGoneOnFrom(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        Pod other = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        MailboxState view = pod.open(account, inbox);
        pod.append(account, inbox, MAIL);
        MailboxState ofTheOther = other.open(account, inbox);
        all(pod, 1_000);
        for (long moment : new long[] {view.modseq(), ofTheOther.modseq(), ofTheOther.modseq() + LOST}) {
            assertTrue(outOfReach(pod, account, inbox, ofTheOther.header().getUidValidity(), moment), "MODSEQ " + moment);
        }
        assertFalse(pod.update(account, inbox, view));
        assertFalse(other.update(account, inbox, ofTheOther));
        pod.append(account, inbox, MAIL);
        MailboxState opened = other.open(account, inbox);
        assertEquals(2, opened.messages());
        other.append(account, inbox, MAIL);
        assertTrue(other.update(account, inbox, opened));
        assertEquals(3, new Pod(cassandra, Map.of()).open(account, inbox).messages());
    }

    @Test
    void everyMailboxOfEveryAccountIsReachedInSmallParts(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        // Accounts of the tests before.
        int others = all(pod, 1_000);
        Set<UUID> left = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            UUID account = pod.account();
            pod.create(account, "Projects");
            left.add(account);
        }
        UUID gone = pod.account();
        int first = pod.storage().trees().tree(gone).getMailboxesCount();
        pod.storage().trees().deleteAccount(gone);
        assertEquals(others + 7 * (first + 1), all(pod, 3));
        for (UUID account : left) {
            for (String name : List.of("INBOX", "Projects")) {
                assertTrue(pod.open(account, pod.mailbox(account, name)).header().getUidNext() > LOST, name);
            }
        }
    }

    /** Tables are copied one after the other, so a header may tell a name that the tree of the backup does not have yet. */
    @Test
    void aNameThatAHeaderTellsOfALostTreeDoesNotStay(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of("moment", "0s"));
        UUID account = pod.account();
        UUID plans = pod.create(account, "Plans");
        cassandra.get().execute("UPDATE mailbox_log USING TIMESTAMP 201 SET name = 'Later' WHERE mailbox_id = " + plans);
        all(pod, 1_000);
        assertTrue(pod.opens(account, plans, "Plans", true));
        pod.rename(account, "Plans", "Later");
        assertTrue(pod.opens(account, plans, "Later", true));
        pod.rename(account, "Later", "Now");
        assertFalse(pod.opens(account, plans, "Later", true));
        assertTrue(pod.opens(account, plans, "Now", true));
    }

    /** It gives none, rather than one for the second time. */
    @Test
    void aMailboxMayRunOutOfUids(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        cassandra.get().execute("UPDATE mailbox_log SET uid_next = 4294967000 WHERE mailbox_id = " + inbox);
        all(pod, 1_000);
        assertEquals(-1, pod.open(account, inbox).header().getUidNext());
        assertEquals(Optional.of("the mailbox has no UIDs left"), refused(() -> pod.append(account, inbox, MAIL)));
    }

    /** Whether it is not known which messages left since (RFC 7162 §3.2.5.1), so that a client is told every UID that is not there. */
    private static boolean outOfReach(Pod pod, UUID account, UUID mailbox, int uidValidity, long since) {
        List<VanishedChunk> chunks = new ArrayList<>();
        pod.storage().mailboxes().vanished(account, VanishedRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox)).setUidValidity(uidValidity)
                .setSinceModseq(since).build(), chunks::add);
        return chunks.getFirst().getOutOfReach();
    }

    private static Optional<String> refused(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The mailboxes that were reached. */
    private static int all(Pod pod, int accounts) {
        Restored.Part part = pod.storage().restored().advance(Optional.empty(), accounts);
        int mailboxes = part.mailboxes();
        while (part.next().isPresent()) {
            assertEquals(accounts, part.accounts());
            part = pod.storage().restored().advance(part.next(), accounts);
            mailboxes += part.mailboxes();
        }
        return mailboxes;
    }
}
