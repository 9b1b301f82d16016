package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.RoaringBitmap;

class KnownSummariesTest {

    private static final RoaringBitmap FIRST = RoaringBitmap.bitmapOf(1);
    private static final SummaryRow ROW = SummaryRow.newBuilder().setUid(1).setSize(10).build();

    private static SummariesRequest asking(String field) {
        return SummariesRequest.newBuilder().setMailboxId(ByteString.copyFromUtf8("mailbox")).addField(field).build();
    }

    @Test
    void whatIsKeptIsFound() {
        KnownSummaries known = new KnownSummaries(1 << 20);
        known.keep(asking("Subject"), List.of(ROW));
        assertEquals(Optional.of(List.of(ROW)), known.find(asking("Subject"), FIRST));
        assertEquals(Optional.empty(), known.find(asking("From"), FIRST));
        assertEquals(Optional.empty(), known.find(asking("Subject"), RoaringBitmap.bitmapOf(1, 2)));
    }

    @Test
    void withoutMemoryNothingIs() {
        KnownSummaries known = new KnownSummaries(0);
        known.keep(asking("Subject"), List.of(ROW));
        assertEquals(Optional.empty(), known.find(asking("Subject"), FIRST));
    }

    /** The names are the client's: they count, or there would be no bound. */
    @Test
    void namesOfFieldsCount() {
        KnownSummaries known = new KnownSummaries(20_000);
        List<SummariesRequest> requests = IntStream.range(0, 50).mapToObj(i -> asking("x".repeat(1_000) + i)).toList();
        requests.forEach(request -> known.keep(request, List.of(ROW)));
        assertTrue(requests.stream().filter(request -> known.find(request, FIRST).isPresent()).count() < 5);
    }

    @Test
    void longListsOfNamesAreNotKept() {
        assertTrue(KnownSummaries.lasting(asking("x".repeat(1_900)), FIRST));
        assertFalse(KnownSummaries.lasting(asking("x".repeat(2_100)), FIRST));
    }
}
