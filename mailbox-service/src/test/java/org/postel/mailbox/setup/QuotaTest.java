package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.postel.mailbox.api.v1.AppendStart;
import org.postel.mailbox.api.v1.DeliverResult.Outcome;
import org.postel.mailbox.api.v1.Replaced;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Intake;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** RFC 9208: what an account holds is counted exactly, and no way in passes its limits. */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaTest {

    private static final String MAIL = "Subject: one\r\n\r\n" + "x".repeat(100) + "\r\n";

    private Pod pod;
    private Pod other;

    @BeforeAll
    void pods(CassandraSession cassandra) {
        pod = new Pod(cassandra, Map.of());
        other = new Pod(cassandra, Map.of());
    }

    private void limit(UUID account, long bytes, long messages) {
        pod.storage().quotas().limit(account, new Quota(bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
                messages < 0 ? OptionalLong.empty() : OptionalLong.of(messages)));
    }

    private static void refused(Executable work) {
        assertEquals(StoreException.Problem.OVER_QUOTA, assertThrows(StoreException.class, work).problem());
    }

    private static AppendStart.Builder start(UUID mailbox) {
        return AppendStart.newBuilder().setMailboxId(Uuids.toBytes(mailbox));
    }

    private static AppendStart.Builder replacing(UUID mailbox, UUID from, int uid) {
        return start(mailbox).setReplaces(Replaced.newBuilder().setMailboxId(Uuids.toBytes(from)).setUid(uid));
    }

    private void appendAll(UUID account, AppendStart.Builder start, String... messages) {
        try (Intake.Batch batch = pod.storage().intake().appendAll(account)) {
            for (String message : messages) {
                batch.begin(start.build());
                batch.write(ByteString.copyFromUtf8(message));
            }
            batch.finish();
        }
    }

    @Test
    void whatIsHeldIsTheSumOfAllMailboxes() {
        UUID account = pod.account();
        pod.append(account, pod.inbox(account), MAIL);
        pod.append(account, pod.mailbox(account, "Sent"), MAIL);
        assertEquals(new Quota.Held(2L * MAIL.length(), 2), other.storage().quotas().held(account));
        Quota.Held one = new Quota.Held(MAIL.length(), 1);
        assertEquals(List.of(new Quota.Folder("INBOX", one), new Quota.Folder("Sent", one)),
                other.storage().quotas().folders(account).stream().filter(folder -> folder.held().messages() > 0).toList());
        pod.add(account, pod.inbox(account), RoaringBitmap.bitmapOf(1), "\\Deleted");
        pod.expunge(account, pod.inbox(account));
        assertEquals(new Quota.Held(MAIL.length(), 1), other.storage().quotas().held(account));
    }

    @Test
    void theRoomOfAnAccountIsWhatItMayStillHold() {
        UUID account = pod.account();
        assertEquals(OptionalLong.empty(), pod.storage().quotas().room(account));
        assertEquals(OptionalLong.empty(), pod.storage().quotas().room(UUID.randomUUID()));
        limit(account, 1000, -1);
        pod.append(account, pod.inbox(account), MAIL);
        assertEquals(OptionalLong.of(1000 - MAIL.length()), pod.storage().quotas().room(account));
        assertEquals(OptionalLong.of(1000 - MAIL.length()), other.storage().quotas().room(account));
        limit(account, 1000, 1);
        assertEquals(OptionalLong.of(0), pod.storage().quotas().room(account));
        pod.add(account, pod.inbox(account), RoaringBitmap.bitmapOf(1), "\\Deleted");
        pod.expunge(account, pod.inbox(account));
        assertEquals(OptionalLong.of(1000), pod.storage().quotas().room(account));
    }

    // SAFETY row 16
    @Test
    void appendAndCopyAreRefusedBeyondTheMessages() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        UUID sent = pod.mailbox(account, "Sent");
        limit(account, -1, 2);
        pod.append(account, inbox, MAIL);
        pod.append(account, inbox, MAIL);
        refused(() -> pod.append(account, inbox, MAIL));
        refused(() -> pod.copy(account, inbox, sent, RoaringBitmap.bitmapOf(1), false));
        assertEquals(2, pod.open(account, inbox).messages());
        assertEquals(0, pod.open(account, sent).messages());
        pod.copy(account, inbox, sent, RoaringBitmap.bitmapOf(1), true);
        assertEquals(1, pod.open(account, sent).messages(), "a move needs no room");
        pod.add(account, inbox, RoaringBitmap.bitmapOf(2), "\\Deleted");
        pod.expunge(account, inbox);
        pod.append(account, inbox, MAIL);
    }

    @Test
    void bytesAreLimitedToTheLastOne() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        limit(account, 2L * MAIL.length(), -1);
        pod.append(account, inbox, MAIL);
        refused(() -> pod.append(account, inbox, MAIL + "y"));
        pod.append(account, inbox, MAIL);
        refused(() -> pod.append(account, inbox, "z"));
    }

    @Test
    void severalMessagesAtOnceNeedRoomForAll() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        limit(account, 100L * MAIL.length(), 3);
        pod.append(account, inbox, MAIL);
        refused(() -> appendAll(account, start(inbox), MAIL, MAIL, MAIL));
        assertEquals(1, pod.open(account, inbox).messages());
        appendAll(account, start(inbox), MAIL, MAIL);
        assertEquals(3, pod.open(account, inbox).messages());
        limit(account, 3L * MAIL.length() + 4, 10);
        refused(() -> appendAll(account, start(inbox), "12345"));
        try (Intake.Batch batch = pod.storage().intake().appendAll(account)) {
            refused(() -> batch.begin(start(inbox).setSize(5).build()));
        }
    }

    @Test
    void messagesThatComeAtOnceShareTheRoomThatThereIs() throws Exception {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        limit(account, -1, 5);
        List<Future<Boolean>> stored = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                stored.add(threads.submit(() -> {
                    try {
                        pod.append(account, inbox, MAIL);
                        return true;
                    } catch (StoreException e) {
                        return false;
                    }
                }));
            }
        }
        int count = 0;
        for (Future<Boolean> one : stored) {
            count += one.get() ? 1 : 0;
        }
        assertEquals(5, count);
        assertEquals(5, pod.open(account, inbox).messages());
    }

    /** RFC 8508 §1: who replaces a message needs room for what it grows by only. */
    @Test
    void whatIsReplacedMakesRoom() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        UUID sent = pod.mailbox(account, "Sent");
        pod.append(account, inbox, MAIL);
        limit(account, MAIL.length() + 1, 1);
        refused(() -> appendAll(account, replacing(inbox, inbox, 1), MAIL + "yz"));
        appendAll(account, replacing(inbox, inbox, 1), MAIL + "y");
        appendAll(account, replacing(sent, inbox, 2), MAIL);
        assertEquals(new Quota.Held(MAIL.length(), 1), other.storage().quotas().held(account));
        limit(account, 1, 0);
        appendAll(account, replacing(sent, sent, 1), MAIL);
    }

    @Test
    void deliveryIsOverQuotaButForWhatCameBefore() {
        UUID account = pod.account();
        UUID message = UUID.randomUUID();
        limit(account, -1, 1);
        assertEquals(Outcome.DELIVERED, pod.deliver(account, message, MAIL));
        assertEquals(Outcome.OVER_QUOTA, pod.deliver(account, UUID.randomUUID(), MAIL));
        assertEquals(Outcome.DELIVERED, pod.deliver(account, message, MAIL));
        assertEquals(1, pod.open(account, pod.inbox(account)).messages());
    }

    @Test
    void aNewLimitHoldsOnAnotherPodThatReadsTheNames() {
        UUID account = pod.account();
        UUID inbox = other.inbox(account);
        other.append(account, inbox, MAIL);
        limit(account, -1, 1);
        other.storage().trees().tree(account);
        refused(() -> other.append(account, inbox, MAIL));
        pod.storage().quotas().limit(account, Quota.UNLIMITED);
        other.storage().trees().tree(account);
        other.append(account, inbox, MAIL);
    }

    @Test
    void whoIsNotThereHasNoQuota() {
        assertEquals(StoreException.Problem.NOT_FOUND,
                assertThrows(StoreException.class, () -> limit(UUID.randomUUID(), 1, 1)).problem());
    }
}
