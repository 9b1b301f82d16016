package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.Envelope;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Contents;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.LinksLater;
import org.postel.mailbox.content.PromisedLinks;
import org.roaringbitmap.RoaringBitmap;

/** A message and its summary are one row: one statement writes both, and one read brings both. */
@ExtendWith(SharedCassandra.class)
class SummaryRowTest {

    private static final int PORTION = 100;

    private final UUID account = UUID.randomUUID();
    private final UUID mailbox = UUID.randomUUID();
    private CqlSession cassandra;
    private Recorded recorded;
    private MailboxStore store;

    @BeforeEach
    void emptyMailbox(CassandraSession session) {
        cassandra = session.get();
        recorded = new Recorded(session);
        store = newStore();
        store.create(account, mailbox, 1);
    }

    /** Remembers nothing yet. */
    private MailboxStore newStore() {
        Cql cql = new Cql(recorded);
        return new MailboxStore(cql, new Contents(cql, Clock.systemUTC(), 4, Duration.ofHours(1), 1 << 20), TestStoreConfig.with(Map.of()),
                (owner, changed, modseq) -> {}, Clock.systemUTC());
    }

    private static MessageSummary summary(int number) {
        return MessageSummary.newBuilder().setEnvelope(Envelope.newBuilder().setSubject(ByteString.copyFromUtf8("number " + number)))
                .setBody(BodyPart.newBuilder().setBodyEnd(number)).build();
    }

    private List<NewMessage> messages(int count) {
        List<NewMessage> messages = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            messages.add(new NewMessage(UUID.randomUUID(), Link.unique(mailbox, 1), 4096, 1_700_000_000_000L, 0, List.of("$Keep"),
                    ByteString.EMPTY, summary(number).toByteString()));
        }
        return messages;
    }

    private void add(int count) {
        store.add(account, mailbox, messages(count));
    }

    private void assertSummaries(UUID in, boolean body) {
        List<SummaryRow> rows = new ArrayList<>();
        MailboxStore cold = newStore();
        List<String> reads = recorded.readsOf(() -> new SummaryReader(cold, new MailboxReader(cold)).summaries(account,
                SummariesRequest.newBuilder().setMailboxId(Uuids.toBytes(in)).setUids(UidSet.toBytes(RoaringBitmap.bitmapOfRange(1, PORTION + 1)))
                        .setEnvelope(true).setBody(body).build(), chunk -> rows.addAll(chunk.getRowsList())));
        assertEquals(1, reads.size(), reads.toString());
        assertEquals(IntStream.rangeClosed(1, PORTION).mapToObj(SummaryRowTest::summary)
                .map(whole -> body ? whole : whole.toBuilder().clearBody().build()).toList(), rows.stream().map(SummaryRow::getSummary).toList());
    }

    @Test
    void aMessageIsOneStatementAndOneRow() {
        assertEquals(1 + 3, recorded.commitOf(() -> add(3)).size());
        List<Row> rows = cassandra.execute("SELECT kind, position, summary FROM mailbox_log WHERE mailbox_id = " + mailbox).all();
        assertEquals(Collections.nCopies(3, MailboxLog.MESSAGE), rows.stream().map(row -> row.getByte("kind")).toList());
        assertEquals(List.of(summary(1).toByteString(), summary(2).toByteString(), summary(3).toByteString()),
                rows.stream().map(row -> ByteString.copyFrom(row.getByteBuffer("summary"))).toList());
    }

    @Test
    void aPageOfEnvelopesIsOneRead() {
        add(PORTION);
        assertSummaries(mailbox, false);
        assertSummaries(mailbox, true);
    }

    @Test
    void rowsThatAreWantedWithoutSummaryAreReadWithoutIt() {
        add(3);
        MailboxStore cold = newStore();
        List<SummaryRow> rows = new ArrayList<>();
        List<String> reads = recorded.readsOf(() -> new SummaryReader(cold, new MailboxReader(cold)).inPortions(mailbox, RoaringBitmap.bitmapOf(1, 3),
                SummaryParts.NONE, (row, summary) -> rows.add(SummaryRow.newBuilder().setUid(row.getUid()).build())));
        assertEquals(1, reads.size(), reads.toString());
        assertFalse(reads.getFirst().contains("summary"), reads.getFirst());
        assertEquals(List.of(1, 3), rows.stream().map(SummaryRow::getUid).toList());
    }

    @Test
    void aCopyTakesSummariesAlongWithOneReadOfEachPortion() {
        add(PORTION);
        UUID to = UUID.randomUUID();
        store.create(account, to, 1);
        Copy copy = new Copy(store, new LinksLater(new PromisedLinks(store.contents()), Duration.ZERO), new Copy.Source(account, mailbox, flag -> true), account, to, 8 << 20);
        List<String> reads = recorded.readsOf(() -> copy.run(RoaringBitmap.bitmapOfRange(1, PORTION + 1)));
        assertEquals(1, reads.stream().filter(read -> read.contains("summary")).count(), reads.toString());
        assertSummaries(to, true);
    }

    @Test
    void aMessageWeighsWhatItTakesOfARequest() {
        List<NewMessage> messages = messages(PORTION);
        int one = octets(() -> store.add(account, mailbox, messages.subList(0, 1)));
        int all = octets(() -> store.add(account, mailbox, messages));
        int weight = messages.stream().skip(1).mapToInt(NewMessage::weight).sum();
        int spare = (weight - (all - one)) / (PORTION - 1);
        // Higher UIDs and MODSEQs take up to eight more.
        assertTrue(spare >= 8 && spare < 32, spare + " octets to spare with each message");
    }

    private int octets(Runnable commit) {
        return recorded.commitOf(commit).computeSizeInBytes(cassandra.getContext());
    }
}
