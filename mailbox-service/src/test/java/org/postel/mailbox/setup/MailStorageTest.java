package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.CopyResponse;
import org.postel.mailbox.api.v1.CreateRequest;
import org.postel.mailbox.api.v1.DayMatch;
import org.postel.mailbox.api.v1.DeleteRequest;
import org.postel.mailbox.api.v1.DeliverRequest;
import org.postel.mailbox.api.v1.DeliverResult.Outcome;
import org.postel.mailbox.api.v1.DeliverTo;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.GetContentRequest;
import org.postel.mailbox.api.v1.HeaderMatch;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.PutContentResponse;
import org.postel.mailbox.api.v1.PutContentStart;
import org.postel.mailbox.api.v1.RenameRequest;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.api.v1.SearchKeys;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.storage.Intake.Upload;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** The whole store on a real Cassandra. */
@ExtendWith(SharedCassandra.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailStorageTest {

    private static final String MAIL = "From: Ann <ann@example.test>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nDate: Mon, 1 Jun 2026 10:00:00 +0200\r\n"
            + "X-Colour: green\r\n\r\nThe quick brown fox.\r\n";
    private static final String PREFIX = "Delivered-To: a@example.test\r\n";

    private Pod pod;
    private Pod other;
    private CassandraSession cassandra;

    @BeforeAll
    void pods(CassandraSession session) {
        cassandra = session;
        pod = new Pod(cassandra, Map.of());
        other = new Pod(cassandra, Map.of());
    }

    @Test
    void deliveredMailIsReadBackWithItsPrefix() {
        UUID account = pod.account();
        assertEquals(Outcome.DELIVERED, pod.deliver(account, UUID.randomUUID(), MAIL));
        UUID inbox = pod.inbox(account);
        MailboxState state = other.open(account, inbox);
        assertEquals(1, state.messages());
        assertEquals((PREFIX + MAIL).length(), state.size(1));
        assertEquals(PREFIX + MAIL, other.content(account, inbox, 1, 0, 0));
        assertEquals((PREFIX + MAIL).substring(5, 60), other.content(account, inbox, 1, 5, 55));
        assertEquals("fox.\r\n", other.content(account, inbox, 1, (PREFIX + MAIL).length() - 6, 100));
    }

    @Test
    void aRepeatedDeliveryStoresNothingTwice() {
        UUID account = pod.account();
        UUID message = UUID.randomUUID();
        pod.deliver(account, message, MAIL);
        assertEquals(Outcome.DELIVERED, other.deliver(account, message, MAIL));
        assertEquals(Outcome.DELIVERED, pod.deliver(account, message, MAIL));
        UUID inbox = pod.inbox(account);
        pod.add(account, inbox, RoaringBitmap.bitmapOf(1), "\\Deleted");
        assertEquals(RoaringBitmap.bitmapOf(1), pod.expunge(account, inbox));
        assertEquals(Outcome.DELIVERED, other.deliver(account, message, MAIL));
        assertEquals(0, pod.open(account, inbox).messages());
    }

    @Test
    void anAccountThatIsNotThereIsSaidSo() {
        assertEquals(Outcome.NO_SUCH_ACCOUNT, pod.deliver(UUID.randomUUID(), UUID.randomUUID(), MAIL));
    }

    @Test
    void largeContentIsReadByteForByteFromAnyOffset() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        StringBuilder large = new StringBuilder("Subject: large\r\n\r\n");
        for (int line = 0; large.length() < 700_000; line++) {
            large.append("line ").append(line).append("\r\n");
        }
        String mail = large.toString();
        int uid = pod.append(account, inbox, mail).getUid();
        assertEquals(mail, other.content(account, inbox, uid, 0, 0));
        assertEquals(mail.substring(65_530, 65_550), other.content(account, inbox, uid, 65_530, 20));
        assertEquals(mail.substring(200_000, 500_000), other.content(account, inbox, uid, 200_000, 300_000));
        assertEquals("", other.content(account, inbox, uid, mail.length(), 10));
    }

    @Test
    void summariesCountOffsetsFromTheStartOfThePrefix() {
        UUID account = pod.account();
        pod.deliver(account, UUID.randomUUID(), MAIL);
        SummaryRow row = other.summaries(account, pod.inbox(account), RoaringBitmap.bitmapOf(1)).getFirst();
        assertEquals("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", row.getSummary().getEnvelope().getSubject().toStringUtf8());
        assertEquals(0, row.getSummary().getBody().getHeaderStart());
        assertEquals("The quick brown fox.\r\n", (PREFIX + MAIL).substring((int) row.getSummary().getBody().getBodyStart(),
                (int) row.getSummary().getBody().getBodyEnd()));
    }

    @Test
    void aSummaryOverTheLimitIsComputedWhenItIsAskedFor() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        String mail = "Subject: many\r\nTo: " + "someone@example.test, ".repeat(1500) + "last@example.test\r\n\r\nbody\r\n";
        int uid = pod.append(account, inbox, mail).getUid();
        assertEquals(1501, pod.summaries(account, inbox, RoaringBitmap.bitmapOf(uid)).getFirst().getSummary().getEnvelope().getToCount());
    }

    @Test
    void theSummaryOfARowWithoutOneIsComputed() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.deliver(account, UUID.randomUUID(), MAIL);
        cassandra.get().execute("DELETE summary FROM mailbox_log WHERE mailbox_id = " + inbox + " AND kind = 1 AND position = 1 AND part = 0 IF EXISTS");
        SummaryRow computed = new Pod(cassandra, Map.of()).summaries(account, inbox, RoaringBitmap.bitmapOf(1)).getFirst();
        pod.deliver(account, UUID.randomUUID(), MAIL);
        assertEquals(pod.summaries(account, inbox, RoaringBitmap.bitmapOf(2)).getFirst().getSummary(), computed.getSummary());
        CopyResponse copied = pod.copy(account, inbox, pod.mailbox(account, "Archive"), RoaringBitmap.bitmapOf(1), false);
        assertEquals(computed.getSummary(), pod.summaries(account, pod.mailbox(account, "Archive"), UidSet.parse(copied.getToUids())).getFirst().getSummary());
    }

    @Test
    void flagChangesReachAViewOnAnotherPod() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        for (int i = 0; i < 3; i++) {
            pod.append(account, inbox, MAIL);
        }
        MailboxState view = other.open(account, inbox);
        pod.add(account, inbox, RoaringBitmap.bitmapOf(1, 3), "\\Seen");
        pod.append(account, inbox, MAIL, "\\Flagged", "$Work");
        assertTrue(other.update(account, inbox, view));
        assertEquals(RoaringBitmap.bitmapOf(1, 3), view.flag("\\seen"));
        assertEquals(List.of("$Work", "\\Flagged"), view.flagsOf(4));
        assertEquals(2, view.header().getUnseen());
        assertEquals(view.header(), pod.open(account, inbox).header());
    }

    @Test
    void aStoreThatChangesNothingHasNoModseq() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL, "\\Seen");
        assertEquals(0, other.add(account, inbox, RoaringBitmap.bitmapOf(1), "\\Seen").getModseq());
    }

    @Test
    void copiesShareTheContentAndKeepTheirFlags() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        for (int i = 0; i < 120; i++) {
            pod.append(account, inbox, MAIL, "$Keep");
        }
        UUID archive = pod.mailbox(account, "Archive");
        CopyResponse copied = pod.copy(account, inbox, archive, RoaringBitmap.bitmapOfRange(10, 1000), true);
        assertEquals(RoaringBitmap.bitmapOfRange(10, 121), UidSet.parse(copied.getFromUids()));
        assertEquals(RoaringBitmap.bitmapOfRange(1, 112), UidSet.parse(copied.getToUids()));
        assertEquals(9, other.open(account, inbox).messages());
        assertEquals(111, other.open(account, archive).flag("$keep").getCardinality());
        assertEquals(MAIL, other.content(account, archive, 111, 0, 0));
    }

    @Test
    void contentThatWasPutIsDeliveredByReference() {
        UUID account = pod.account();
        UUID message = UUID.randomUUID();
        String mail = "Subject: big\r\n\r\n" + "0123456789\r\n".repeat(30_000);
        try (Upload<PutContentResponse> upload = pod.storage().intake().put(PutContentStart.newBuilder().setMessageId(Uuids.toBytes(message)).build())) {
            upload.write(ByteString.copyFromUtf8(mail));
            assertEquals(mail.length(), upload.finish().getSize());
        }
        StringBuilder read = new StringBuilder();
        other.storage().intake().get(GetContentRequest.newBuilder().setMessageId(Uuids.toBytes(message)).setLength(20).build(),
                octets -> read.append(octets.toStringUtf8()));
        assertEquals(mail.substring(0, 20), read.toString());
        DeliverRequest request = DeliverRequest.newBuilder().setMessageId(Uuids.toBytes(message)).setClaimedSize(mail.length())
                .addTo(DeliverTo.newBuilder().setAccountId(Uuids.toBytes(account)).setMailbox("Lists/postel")).build();
        assertEquals(Outcome.DELIVERED, other.storage().intake().deliver(request).getResults(0).getOutcome());
        assertEquals(mail, pod.content(account, pod.mailbox(account, "Lists/postel"), 1, 0, 0));
    }

    @Test
    void onlyTheHolderOfTheFenceExpungesByLease() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL);
        pod.storage().mailboxes().fence(account, inbox, 7);
        other.storage().mailboxes().fence(account, inbox, 8);
        ExpungeRequest late = ExpungeRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1))).setByLease(7).build();
        assertEquals(Problem.LEASE_LOST, assertThrows(StoreException.class, () -> pod.storage().mailboxes().expunge(account, late)).problem());
        pod.storage().mailboxes().expunge(account, late.toBuilder().setByLease(8).build());
        assertEquals(0, other.open(account, inbox).messages());
    }

    @Test
    void recentMessagesAreShownToOneSession() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL);
        OpenRequest claim = OpenRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).setClaimRecent(true).build();
        List<MailboxHeader> headers = new ArrayList<>();
        pod.storage().mailboxes().open(account, claim, chunk -> headers.add(chunk.getHeader()));
        other.storage().mailboxes().open(account, claim, chunk -> headers.add(chunk.getHeader()));
        assertEquals(List.of(1, 2), headers.stream().map(MailboxHeader::getRecentFrom).toList());
    }

    @Test
    void aMailboxOfAnotherAccountIsNotFound() {
        UUID inbox = pod.inbox(pod.account());
        UUID stranger = pod.account();
        assertEquals(Problem.NOT_FOUND, assertThrows(StoreException.class, () -> pod.open(stranger, inbox)).problem());
    }

    @Test
    void aDeletedMailboxTakesNothingAnyMoreOnAnyPod() {
        UUID account = pod.account();
        UUID trash = pod.mailbox(account, "Trash");
        other.append(account, trash, MAIL);
        pod.storage().trees().delete(account, DeleteRequest.newBuilder().setName("Trash").build());
        assertEquals(Problem.NOT_FOUND, assertThrows(StoreException.class, () -> other.append(account, trash, MAIL)).problem());
    }

    @Test
    void aNameMadeAgainHasAHigherUidValidity() {
        UUID account = pod.account();
        var trees = pod.storage().trees();
        int first = trees.create(account, CreateRequest.newBuilder().setName("again").build()).getUidValidity();
        trees.delete(account, DeleteRequest.newBuilder().setName("again").build());
        int second = trees.create(account, CreateRequest.newBuilder().setName("again").build()).getUidValidity();
        assertTrue(Integer.compareUnsigned(second, first) > 0, first + " then " + second);
    }

    @Test
    void renamingInboxMovesItsMessages() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL);
        pod.storage().trees().rename(account, RenameRequest.newBuilder().setFrom("inbox").setTo("Old/2026").build());
        assertEquals(0, other.open(account, inbox).messages());
        assertEquals(1, other.open(account, pod.mailbox(account, "Old/2026")).messages());
        assertEquals(inbox, pod.inbox(account));
    }

    @Test
    void searchAnswersEveryKindOfKey() {
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.append(account, inbox, MAIL, "\\Seen");
        pod.append(account, inbox, "From: bob@example.test\r\nSubject: other\r\n\r\nnothing\r\n");
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox, SearchKey.newBuilder().setFlag("\\Seen")));
        assertEquals(RoaringBitmap.bitmapOf(2), search(account, inbox, SearchKey.newBuilder().setNot(SearchKey.newBuilder().setFlag("\\Seen"))));
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox, header("Subject", "grü")));
        assertEquals(RoaringBitmap.bitmapOf(2), search(account, inbox, header("From", "BOB@")));
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox, header("X-Colour", "")));
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox, SearchKey.newBuilder().setBody("QUICK brown")));
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox, SearchKey.newBuilder().setText("green")));
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox, SearchKey.newBuilder().setLarger(100)));
        ByteString second = pod.summaries(account, inbox, RoaringBitmap.bitmapOf(2)).getFirst().getMessageId();
        assertEquals(RoaringBitmap.bitmapOf(2), search(account, inbox, SearchKey.newBuilder().setEmailId(second)));
        int day = (int) LocalDate.of(2026, 6, 1).toEpochDay();
        assertEquals(RoaringBitmap.bitmapOf(1), search(account, inbox,
                SearchKey.newBuilder().setSentDay(DayMatch.newBuilder().setRelation(DayMatch.Relation.ON).setEpochDay(day))));
        assertEquals(RoaringBitmap.bitmapOf(1, 2), search(account, inbox,
                SearchKey.newBuilder().setInternalDay(DayMatch.newBuilder().setRelation(DayMatch.Relation.SINCE).setEpochDay(day))));
        assertEquals(RoaringBitmap.bitmapOf(1, 2), search(account, inbox, SearchKey.newBuilder().setOr(SearchKeys.newBuilder()
                .addKey(SearchKey.newBuilder().setText("green")).addKey(header("From", "bob")))));
    }

    @Test
    void aLongSearchSaysThatItGoesOnAndEndsWithItsReader() {
        Pod talkative = new Pod(cassandra, Map.of("search-silence", "0s"));
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        for (int i = 0; i < 5; i++) {
            pod.append(account, inbox, MAIL);
        }
        SearchRequest request = SearchRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                .setWithinUids(UidSet.toBytes(RoaringBitmap.bitmapOfRange(1, 100))).setKey(SearchKey.newBuilder().setText("not there")).build();
        List<RoaringBitmap> told = new ArrayList<>();
        talkative.storage().mailboxes().search(account, request, chunk -> told.add(UidSet.parse(chunk.getUids())));
        assertTrue(told.size() >= 6 && told.stream().allMatch(RoaringBitmap::isEmpty), "at its start, and for each message");
        told.clear();
        pod.storage().mailboxes().search(account, request, chunk -> told.add(UidSet.parse(chunk.getUids())));
        assertEquals(1, told.size(), "at its start");
        IllegalStateException gone = new IllegalStateException("the reader is gone");
        AtomicInteger tellings = new AtomicInteger();
        assertSame(gone, assertThrows(IllegalStateException.class, () -> talkative.storage().mailboxes().search(account, request, found -> {
            if (tellings.incrementAndGet() == 3) {
                throw gone;
            }
        })));
        assertEquals(3, tellings.get());
    }

    private static SearchKey.Builder header(String field, String contains) {
        return SearchKey.newBuilder().setHeader(HeaderMatch.newBuilder().setField(field).setContains(contains));
    }

    private RoaringBitmap search(UUID account, UUID mailbox, SearchKey.Builder key) {
        RoaringBitmap found = new RoaringBitmap();
        pod.storage().mailboxes().search(account, SearchRequest.newBuilder().setMailboxId(Uuids.toBytes(mailbox))
                .setWithinUids(UidSet.toBytes(RoaringBitmap.bitmapOfRange(1, 100))).setKey(key).build(), chunk -> found.or(UidSet.parse(chunk.getUids())));
        return found;
    }
}
