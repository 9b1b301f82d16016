package org.postel.mailbox.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.store.Uuids;
import org.roaringbitmap.RoaringBitmap;

/** Previews are made once, and made later where that could not be (RFC 8970 §3.2 and §4.1). */
@ExtendWith(SharedCassandra.class)
class StoredPreviewTest {

    private static List<MessageSummary> summaries(Pod pod, UUID account, UUID inbox, SummariesRequest.Builder request) {
        List<MessageSummary> summaries = new ArrayList<>();
        pod.storage().mailboxes().summaries(account, request.setMailboxId(Uuids.toBytes(inbox)).setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1, 2, 3))).build(),
                chunk -> chunk.getRowsList().forEach(row -> summaries.add(row.getSummary())));
        return summaries;
    }

    private static List<String> previews(List<MessageSummary> summaries) {
        return summaries.stream().map(summary -> summary.hasPreview() ? summary.getPreview() : "none").toList();
    }

    @Test
    void madeWithTheSummaryOrWhenSomebodyWaits(CassandraSession cassandra) {
        Pod pod = new Pod(cassandra, Map.of());
        UUID account = pod.account();
        UUID inbox = pod.inbox(account);
        pod.deliver(account, UUID.randomUUID(), "Subject: x\r\n\r\ndelivered\r\n");
        pod.append(account, inbox, "X-Long: " + "x".repeat(40_000) + "\r\n\r\nafter a long header\r\n");
        pod.append(account, inbox, "Subject: y\r\n\r\n" + "appended ".repeat(10_000));
        String appended = "appended ".repeat(23).substring(0, 200);
        for (Pod reader : List.of(pod, new Pod(cassandra, Map.of()))) {
            assertEquals(List.of("delivered", "none", appended), previews(summaries(reader, account, inbox, SummariesRequest.newBuilder().setPreview(true))));
            List<MessageSummary> made = summaries(reader, account, inbox, SummariesRequest.newBuilder().setPreview(true).setPreviewMade(true).setBody(true));
            assertEquals(List.of("delivered", "after a long header", appended), previews(made));
            made.forEach(summary -> assertEquals(List.of(false, true), List.of(summary.hasEnvelope(), summary.hasBody())));
            List<MessageSummary> others = summaries(reader, account, inbox, SummariesRequest.newBuilder().setEnvelope(true).setBody(true));
            assertEquals(List.of("none", "none", "none"), previews(others));
            others.forEach(summary -> assertEquals(List.of(true, true), List.of(summary.hasEnvelope(), summary.hasBody())));
            List<MessageSummary> whole = new ArrayList<>();
            reader.storage().mailboxes().messages(account, MessagesRequest.newBuilder().setMailboxId(Uuids.toBytes(inbox))
                    .setUids(UidSet.toBytes(RoaringBitmap.bitmapOf(1, 2))).setPreview(true).setPreviewMade(true).setEnvelope(true).build(),
                    chunk -> chunk.getPiecesList().stream().filter(piece -> piece.hasRow()).forEach(piece -> whole.add(piece.getRow().getSummary())));
            assertEquals(List.of("delivered", "after a long header"), previews(whole));
            whole.forEach(summary -> assertEquals(true, summary.hasEnvelope()));
        }
    }
}
