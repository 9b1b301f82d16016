package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.DayMatch;
import org.postel.mailbox.api.v1.HeaderMatch;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.MomentMatch;
import org.postel.mailbox.api.v1.SearchKey;
import org.postel.mailbox.api.v1.SearchRequest;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** What is stored beside a message answers for it: content that is not there any more is not missed, and what is not stored is read. */
@ExtendWith(SharedCassandra.class)
class HeaderSearchTest {

    private static final String MAIL = "Received: by us\r\nMessage-ID: <1@example.test>\r\nReferences: <0@example.test>\r\n <00@example.test>\r\n"
            + "List-Id: Gr=?utf-8?q?=C3=BC=C3=9F?=e <greetings.example.test>\r\nReceived-SPF: green\r\nX-Flavour: mint\r\n\r\nbody\r\n";

    private CassandraSession cassandra;
    private Pod pod;
    private UUID account;
    private UUID inbox;
    private final UUID message = UUID.randomUUID();

    @BeforeEach
    void oneMessage(CassandraSession session) {
        cassandra = session;
        pod = new Pod(cassandra, Map.of());
        account = pod.account();
        inbox = pod.inbox(account);
        pod.deliver(account, message, MAIL);
    }

    /** A pod that remembers nothing, after the content went. */
    private void loseContent() {
        cassandra.get().execute("DELETE FROM content WHERE message_id = " + message);
        pod = new Pod(cassandra, Map.of());
    }

    /** As releases wrote rows that knew of no header fields. */
    private void loseSummary() {
        cassandra.get().execute("DELETE summary FROM mailbox_log WHERE mailbox_id = " + inbox + " AND kind = 1 AND position = 1 AND part = 0 IF EXISTS");
        pod = new Pod(cassandra, Map.of());
    }

    private boolean has(SearchKey.Builder key) {
        RoaringBitmap found = new RoaringBitmap();
        pod.storage().mailboxes().search(account, SearchRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                .setWithinUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1))).setKey(key).build(), chunk -> found.or(UidSet.parse(chunk.getUids())));
        return found.contains(1);
    }

    private boolean has(String field, String contains) {
        return has(SearchKey.newBuilder().setHeader(HeaderMatch.newBuilder().setField(field).setContains(contains)));
    }

    private void assertHeaderFound() {
        assertEquals(true, has("message-id", "1@EXAMPLE"));
        assertEquals(true, has("References", "<00@"));
        assertEquals(true, has("List-ID", "GRÜß"), "folded as i;unicode-casemap does");
        assertEquals(true, has("Delivered-To", "a@example.test"), "of the recipient's lines");
        assertEquals(false, has("Message-ID", "2@example"));
        assertEquals(true, has("X-Flavour", "Mint"), "a short one that no list shows");
        assertEquals(false, has("X-Priority", ""), "not in the header");
    }

    @Test
    void listedFieldsAreSearchedWithoutContent() {
        loseContent();
        assertHeaderFound();
        assertEquals(false, has("Received-SPF", "green"), "not stored, so it needs the content");
    }

    @Test
    void otherFieldsAreSearchedInTheHeader() {
        assertEquals(true, has("Received-SPF", "GREEN"));
        assertEquals(true, has("Received", ""));
        assertEquals(false, has("Received-SPF", "body"));
    }

    @Test
    void aRowThatTellsNothingIsReadFromItsContent() {
        loseSummary();
        assertHeaderFound();
        assertEquals(true, has("Received-SPF", "green"));
    }

    @Test
    void aLongHeaderIsReadToItsEnd() {
        int uid = pod.append(account, inbox, "X-Long: x\r\n" + "X-Filler: filler\r\n".repeat(3000) + "X-Last: found\r\n\r\nX-Body: no\r\n").getUid();
        assertEquals(2, uid);
        List<RoaringBitmap> found = new ArrayList<>();
        for (String field : List.of("X-Last", "X-Body")) {
            RoaringBitmap matching = new RoaringBitmap();
            pod.storage().mailboxes().search(account, SearchRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                    .setWithinUids(UidSet.toBytes(RoaringBitmap.bitmapOf(2)))
                    .setKey(SearchKey.newBuilder().setHeader(HeaderMatch.newBuilder().setField(field))).build(),
                    chunk -> matching.or(UidSet.parse(chunk.getUids())));
            found.add(matching);
        }
        assertEquals(List.of(RoaringBitmap.bitmapOf(2), new RoaringBitmap()), found);
    }

    private SummaryRow listed(String... fields) {
        List<SummaryRow> rows = new ArrayList<>();
        pod.storage().mailboxes().summaries(account, SummariesRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                .setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1))).addAllField(List.of(fields)).build(), chunk -> rows.addAll(chunk.getRowsList()));
        return rows.getFirst();
    }

    @Test
    void listedFieldsComeWithTheSummaryOctetForOctet() {
        loseContent();
        SummaryRow row = listed("REFERENCES", "delivered-to", "X-Priority");
        assertEquals(ByteString.copyFromUtf8("Delivered-To: a@example.test\r\nReferences: <0@example.test>\r\n <00@example.test>\r\n"), row.getFields());
        assertFalse(row.getSummary().hasFields(), "only what was asked for");
        assertFalse(listed("References", "Received").hasFields(), "one of them is to be read");
    }

    @Test
    void fieldsThatWereNotKeptComeWithTheSummaryFromTheHeader() {
        assertEquals(ByteString.copyFromUtf8("References: <0@example.test>\r\n <00@example.test>\r\nReceived-SPF: green\r\n"), listed("received-spf", "References").getFields());
        loseSummary();
        assertEquals(ByteString.copyFromUtf8("Delivered-To: a@example.test\r\nReceived-SPF: green\r\n"), listed("Received-SPF", "Delivered-To").getFields());
    }

    @Test
    void fieldsOfManyHeadersAreEachMessagesOwn() {
        List<String> expected = new ArrayList<>(List.of("Received-SPF: green\r\n"));
        String text = "x".repeat(998) + "\r\n";
        for (int i = 0; i < 40; i++) {
            String filler = i % 8 == 1 ? "X-Filler: filler\r\n".repeat(3000) : "";
            expected.add("Received-SPF: " + i + "\r\n");
            pod.append(account, inbox, filler + "Received-SPF: " + i + "\r\n\r\n" + (i % 8 == 2 ? text.repeat(100) : text));
        }
        pod = new Pod(cassandra, Map.of());
        List<String> fields = new ArrayList<>();
        pod.storage().mailboxes().summaries(account, SummariesRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox)).addField("Received-SPF")
                .setUids(UidSet.toBytes(RoaringBitmap.bitmapOfRange(1, 100))).build(),
                chunk -> chunk.getRowsList().forEach(row -> fields.add(row.getFields().toStringUtf8())));
        assertEquals(expected, fields);
    }

    @Test
    void aHeaderWithoutAnEndTellsNoFields() {
        pod = new Pod(cassandra, Map.of());
        account = pod.account();
        inbox = pod.inbox(account);
        pod.append(account, inbox, "Received-SPF: green\r\n");
        assertFalse(listed("Received-SPF").hasFields());
    }

    @Test
    void theEnvelopeIsMadeOfTheStoredFields() throws InvalidProtocolBufferException {
        loseContent();
        ByteString stored = ByteString.copyFrom(cassandra.get().execute("SELECT summary FROM mailbox_log WHERE mailbox_id = " + inbox
                + " AND kind = 1 AND position = 1").one().getByteBuffer("summary"));
        assertFalse(MessageSummary.parseFrom(stored).hasEnvelope(), "stored twice");
        assertEquals("<1@example.test>", pod.summaries(account, inbox, RoaringBitmap.bitmapOf(1)).getFirst().getSummary().getEnvelope().getMessageId().toStringUtf8());
    }

    @Test
    void daysAndMomentsAreThoseOfTheIndex() {
        loseContent();
        long now = System.currentTimeMillis();
        int today = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
        assertEquals(true, has(SearchKey.newBuilder().setArrived(MomentMatch.newBuilder().setSince(true).setMoment(now - 600_000))));
        assertEquals(false, has(SearchKey.newBuilder().setArrived(MomentMatch.newBuilder().setMoment(now - 600_000))));
        assertEquals(true, has(SearchKey.newBuilder().setInternalDay(day(DayMatch.Relation.SINCE, today - 1))));
        assertEquals(false, has(SearchKey.newBuilder().setInternalDay(day(DayMatch.Relation.BEFORE, today - 3))));
        assertEquals(true, has(SearchKey.newBuilder().setSavedDay(day(DayMatch.Relation.SINCE, today - 1))));
        assertEquals(false, has(SearchKey.newBuilder().setSavedDay(day(DayMatch.Relation.ON, today - 3))));
    }

    private static DayMatch day(DayMatch.Relation relation, int day) {
        return DayMatch.newBuilder().setRelation(relation).setEpochDay(day).build();
    }
}
