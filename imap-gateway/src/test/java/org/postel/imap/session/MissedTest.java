package org.postel.imap.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.imap.syntax.SequenceMatch;
import org.postel.imap.syntax.SequenceSet;
import org.postel.imap.syntax.SequenceSet.Range;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.roaringbitmap.RoaringBitmap;

/** RFC 7162 §3.2.5 and §3.2.10. */
class MissedTest {

    /** The mailbox of the RFC's example: only every third UID is there. */
    private static MailboxView everyThird(int uidNext) {
        RoaringBitmap uids = new RoaringBitmap();
        for (int uid = 3; uid < uidNext; uid += 3) {
            uids.add(uid);
        }
        return view(uids, uidNext);
    }

    private static MailboxView view(RoaringBitmap uids, int uidNext) {
        SnapshotChunk.Builder chunk = SnapshotChunk.newBuilder().setUids(UidSet.toBytes(uids)).setHeader(MailboxHeader.newBuilder()
                .setUidValidity(1).setUidNext(uidNext).setModseq(uidNext).setMessages(uids.getCardinality()));
        uids.forEach((int uid) -> chunk.addModseqDelta(chunk.getModseqDeltaCount() == 0 ? 5 : 0));
        MailboxState state = new MailboxState(EnumSet.noneOf(MailboxState.Column.class));
        state.fold(chunk.build());
        return new MailboxView(ByteString.EMPTY, state);
    }

    private static SequenceSet set(long... numbers) {
        List<Range> ranges = new ArrayList<>();
        for (long number : numbers) {
            ranges.add(new Range(number, number));
        }
        return new SequenceSet(ranges);
    }

    @Test
    void whereTheLogIsTooShortAllThatIsNotThereIsGone() {
        Missed missed = new Missed(everyThird(20));
        RoaringBitmap asked = missed.given(new SequenceSet(List.of(new Range(1, 8), new Range(17, 400))));
        assertEquals(RoaringBitmap.bitmapOf(1, 2, 4, 5, 7, 8, 17, 19), missed.gone(asked, Optional.empty()));
    }

    @Test
    void whatTheLogTellsIsCutToWhatWasAsked() {
        Missed missed = new Missed(everyThird(20));
        RoaringBitmap asked = missed.given(new SequenceSet(List.of(new Range(4, 10))));
        assertEquals(RoaringBitmap.bitmapOf(4, 10), missed.gone(asked, Optional.of(RoaringBitmap.bitmapOf(1, 4, 6, 10, 11))),
                "6 is still in this view: its VANISHED comes when it goes");
    }

    @Test
    void aMailboxWithoutMessagesEverHasNothingToMiss() {
        Missed missed = new Missed(view(new RoaringBitmap(), 1));
        assertTrue(missed.gone(missed.given(), Optional.empty()).isEmpty());
        assertTrue(missed.given(new SequenceSet(List.of(new Range(1, SequenceSet.STAR)))).isEmpty());
    }

    /** RFC 7162 §3.2.5.2, its second example in small: message 4 has UID 12, message 5 has not UID 14. */
    @Test
    void upToTheLastPairThatIsRightNothingIsAsked() {
        Missed missed = new Missed(everyThird(20));
        RoaringBitmap asked = missed.given();
        missed.leaveOut(asked, new SequenceMatch(set(2, 4, 5, 6), set(6, 12, 14, 18)));
        assertEquals(RoaringBitmap.bitmapOf(13, 14, 16, 17, 19), missed.gone(asked, Optional.empty()));
    }

    // SAFETY row 32
    @Test
    void pairsCostNoMoreThanThereAreMessages() {
        Missed missed = new Missed(everyThird(200_000));
        SequenceSet all = new SequenceSet(List.of(new Range(1, 4_294_967_295L)));
        RoaringBitmap asked = missed.given();
        missed.leaveOut(asked, new SequenceMatch(all, all));
        assertEquals(199_999, asked.getLongCardinality(), "the first pair is wrong");
    }

    @Test
    void highUidsAreUnsigned() {
        int uid = (int) 4_294_967_290L;
        Missed missed = new Missed(view(RoaringBitmap.bitmapOf(1, uid), uid + 3));
        RoaringBitmap asked = missed.given(new SequenceSet(List.of(new Range(4_294_967_289L, SequenceSet.STAR))));
        assertEquals(RoaringBitmap.bitmapOf(uid - 1, uid + 1, uid + 2), missed.gone(asked, Optional.empty()));
        RoaringBitmap all = missed.given();
        missed.leaveOut(all, new SequenceMatch(set(1, 2), set(1, 4_294_967_290L)));
        assertEquals(RoaringBitmap.bitmapOf(uid + 1, uid + 2), all);
    }

    @Test
    void manyUidsGoInLinesThatAClientCanSendBack() throws IOException {
        RoaringBitmap uids = new RoaringBitmap();
        for (int uid = 1; uid < 100_000; uid += 2) {
            uids.add(uid);
        }
        uids.add(100_001L, 100_010L);
        List<String> lines = new ArrayList<>();
        VanishedResponses.write(octets -> lines.add(new String(octets, StandardCharsets.US_ASCII)), true, uids);
        RoaringBitmap told = new RoaringBitmap();
        for (String line : lines) {
            assertTrue(line.length() < 8192 && line.startsWith("* VANISHED (EARLIER) ") && line.endsWith("\r\n"), line);
            for (String range : line.substring(21).strip().split(",")) {
                String[] ends = range.split(":");
                told.add(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]) + 1);
            }
        }
        assertEquals(uids, told);
        assertTrue(lines.getLast().endsWith(",100001:100009\r\n"));
    }
}
