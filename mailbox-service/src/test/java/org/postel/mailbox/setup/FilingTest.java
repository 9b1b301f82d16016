package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResult;
import org.postel.mailbox.api.v1.DeliverResult.Outcome;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.PutContentStart;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Intake.Upload;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Deliveries that rules file: whatever becomes of the folder, the mail is there, and once. */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class FilingTest {

    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";

    private Pod pod;
    private Pod other;
    private final UUID message = UUID.randomUUID();
    private final long accepted = System.currentTimeMillis();

    @BeforeAll
    void pods(CassandraSession session) {
        pod = new Pod(session, Map.of("keywords", "3"));
        other = new Pod(session, Map.of());
    }

    @Test
    void mailIsFiledWithItsFlags() {
        UUID account = pod.account();
        UUID lists = pod.create(account, "Lists");
        assertFalse(file(pod, account, lists, "Lists", "\\Flagged", "Work").getInInbox());
        MailboxState state = other.open(account, lists);
        assertEquals(List.of("Work", "\\Flagged"), state.flagsOf(1).stream().sorted().toList());
        assertEquals(0, messages(account, pod.inbox(account)));
        assertEquals("Subject: x", pod.content(account, lists, 1, 0, 10));
    }

    @Test
    void aFolderGoesOnGettingItsMailUnderAnotherName() {
        UUID account = pod.account();
        UUID lists = pod.create(account, "Lists");
        pod.storage().trees().rename(account, RenameRequest.newBuilder().setFrom("Lists").setTo("Friends").build());
        pod.create(account, "Lists");
        assertFalse(file(pod, account, lists, "Lists").getInInbox());
        assertEquals(1, messages(account, lists));
    }

    @Test
    void aFolderThatWasMadeAnewUnderItsNameGetsTheMail() {
        UUID account = pod.account();
        UUID gone = pod.create(account, "Lists");
        pod.storage().trees().delete(account, DeleteRequest.newBuilder().setName("Lists").build());
        UUID anew = pod.create(account, "Lists");
        assertFalse(file(pod, account, gone, "Lists").getInInbox());
        assertEquals(1, messages(account, anew));
    }

    @Test
    void whatCannotBeFiledIsInInboxAndStaysThereWhenItComesAgain() {
        UUID account = pod.account();
        UUID gone = pod.create(account, "Lists");
        pod.storage().trees().delete(account, DeleteRequest.newBuilder().setName("Lists").build());
        assertTrue(file(pod, account, gone, "Lists", "\\Seen").getInInbox());
        UUID anew = pod.create(account, "Lists");
        assertEquals(Outcome.DELIVERED, file(other, account, gone, "Lists", "\\Seen").getOutcome());
        assertEquals(1, messages(account, pod.inbox(account)));
        assertEquals(0, messages(account, anew));
    }

    @Test
    void mailThatIsInInboxAlreadyIsNotFiledBesides() {
        UUID account = pod.account();
        UUID lists = pod.create(account, "Lists");
        file(pod, account, pod.inbox(account), "", "\\Seen");
        file(other, account, lists, "Lists");
        file(pod, account, lists, "Lists");
        assertEquals(1, messages(account, pod.inbox(account)));
        assertEquals(0, messages(account, lists));
    }

    @Test
    void filedMailThatComesAgainIsStoredOnce() {
        UUID account = pod.account();
        UUID lists = pod.create(account, "Lists");
        file(pod, account, lists, "Lists");
        file(other, account, lists, "Lists");
        pod.add(account, lists, RoaringBitmap.bitmapOf(1), "\\Deleted");
        pod.expunge(account, lists);
        file(pod, account, lists, "Lists");
        assertEquals(0, messages(account, lists));
        assertEquals(0, messages(account, pod.inbox(account)));
    }

    /** A folder that takes no more keywords, and a name that can be none: neither loses mail, nor has it wait. */
    @Test
    void whatAFolderDoesNotTakeIsInInboxWithoutFlags() {
        UUID account = pod.account();
        UUID lists = pod.create(account, "Lists");
        DeliverResult result = file(pod, account, lists, "Lists", "a", "b", "c", "d");
        assertEquals(Outcome.DELIVERED, result.getOutcome());
        assertTrue(result.getInInbox());
        UUID inbox = pod.inbox(account);
        assertEquals(1, messages(account, inbox));
        assertEquals(List.of(), pod.open(account, inbox).flagsOf(1));
        assertEquals(MAIL, pod.content(account, inbox, 1, 0, 0));
        UUID another = pod.account();
        assertTrue(file(pod, another, UUID.randomUUID(), "a//b").getInInbox());
        assertEquals(Outcome.DELIVERED, file(pod, pod.account(), pod.inbox(another), "", "a", "b", "c", "d").getOutcome());
    }

    @Test
    void claimedContentIsFiledToo() {
        UUID account = pod.account();
        UUID large = UUID.randomUUID();
        try (Upload<PutContentResponse> upload = pod.storage().intake().put(PutContentStart.newBuilder().setMessageId(Uuids.toBytes(large)).build())) {
            upload.write(ByteString.copyFromUtf8(MAIL));
            upload.finish();
        }
        UUID lists = pod.create(account, "Lists");
        DeliverRequest request = DeliverRequest.newBuilder().setMessageId(Uuids.toBytes(large)).setClaimedSize(MAIL.length()).setAcceptedAt(accepted)
                .addTo(to(account, lists, "Lists", "a", "b", "c", "d")).build();
        assertTrue(pod.storage().intake().deliver(request).getResults(0).getInInbox());
        assertEquals(MAIL, other.content(account, pod.inbox(account), 1, 0, 0));
    }

    private DeliverResult file(Pod by, UUID account, UUID mailbox, String name, String... flags) {
        return by.storage().intake().deliver(DeliverRequest.newBuilder().setMessageId(Uuids.toBytes(message)).setAcceptedAt(accepted)
                .setInline(ByteString.copyFromUtf8(MAIL)).addTo(to(account, mailbox, name, flags)).build()).getResults(0);
    }

    private static DeliverTo to(UUID account, UUID mailbox, String name, String... flags) {
        return DeliverTo.newBuilder().setAccountId(Uuids.toBytes(account)).setMailboxId(Uuids.toBytes(mailbox)).setMailbox(name)
                .addAllFlags(List.of(flags)).setOrInbox(true).build();
    }

    private int messages(UUID account, UUID mailbox) {
        return pod.open(account, mailbox).messages();
    }
}
