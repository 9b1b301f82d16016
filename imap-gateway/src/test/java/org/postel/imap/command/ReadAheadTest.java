package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postel.imap.session.MailboxView;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.RoaringBitmap;

class ReadAheadTest {

    private static final ByteString MAILBOX = ByteString.copyFromUtf8("mailbox");

    private final AtomicLong now = new AtomicLong();
    private final ReadAhead ahead = new ReadAhead(ReadAhead.MOST_OCTETS, now::get);
    private final ReadAhead.Run run = ahead.run();

    @Test
    void whatCameBeforeAFailureIsKeptAndTheFailureIsNobodys() {
        run.keep(reader(List.of(1, 2), 10, 10, true));
        assertEquals("x".repeat(10), ByteString.copyFrom(run.take(ByteString.EMPTY, 1).orElseThrow().octets()).toStringUtf8());
    }

    @Test
    void aMessageIsOfItsSessionAndMailboxAndGivenOnce() {
        run.keep(reader(List.of(1, 2), 10, 10, false));
        assertEquals(Optional.empty(), ahead.run().take(ByteString.EMPTY, 1));
        assertEquals(Optional.empty(), run.take(ByteString.copyFromUtf8("another"), 1));
        assertEquals(1, run.take(ByteString.EMPTY, 1).orElseThrow().row().getUid());
        assertEquals(Optional.empty(), run.take(ByteString.EMPTY, 1));
    }

    @Test
    void aSessionKeepsAQuarterOfAMebibyte() {
        run.keep(reader(List.of(1, 2, 3), 100_000, 100_000, false));
        assertEquals(List.of(true, true, false), IntStream.rangeClosed(1, 3).mapToObj(this::has).toList());
    }

    @Test
    void oneThatIsNotWholeIsNotKept() {
        run.keep(reader(List.of(1), 10, 9, false));
        assertEquals(false, has(1));
    }

    @Test
    void afterTenSecondsItIsGoneAndItsRoomIsForOthers() {
        run.keep(reader(List.of(1), 10, 10, false));
        ReadAhead.Run other = ahead.run();
        other.keep(reader(List.of(1), 10, 10, false));
        assertEquals(Optional.empty(), other.take(ByteString.EMPTY, 1), "there is no room for both");
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertEquals(false, has(1));
        other.keep(reader(List.of(1), 10, 10, false));
        assertEquals(1, other.take(ByteString.EMPTY, 1).orElseThrow().row().getUid());
        run.keep(reader(List.of(1), 10, 10, false));
        assertEquals(true, has(1), "what was taken leaves room");
    }

    @Test
    void whatWasReadInVainIsReadAgainAfterALongerRow() {
        MailboxView view = view(40);
        List<Integer> asked = new ArrayList<>();
        for (int uid = 1; uid <= 15; uid++) {
            RoaringBitmap beside = run.beside(view, uid);
            asked.add(beside.getCardinality());
            if (!beside.isEmpty()) {
                run.keep(reader(List.of(uid + 1), ReadAhead.MOST_OCTETS + 1, 10, false));
            }
        }
        assertEquals(List.of(0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2), asked);
    }

    @Test
    void whoIsSlowIsReadAheadOfLessOften() {
        MailboxView view = view(40);
        List<Integer> asked = new ArrayList<>();
        for (int uid = 1; uid <= 10; uid++) {
            RoaringBitmap beside = run.take(MAILBOX, uid).isPresent() ? new RoaringBitmap() : run.beside(view, uid);
            asked.add(beside.getCardinality());
            if (!beside.isEmpty()) {
                run.keep(reader(List.of(uid + 1, uid + 2), 10, 10, false));
            }
            now.addAndGet(Duration.ofSeconds(11).toNanos());
        }
        assertEquals(List.of(0, 0, 2, 0, 0, 0, 0, 2, 0, 0), asked);
    }

    private static MailboxView view(int messages) {
        MailboxState state = new MailboxState(EnumSet.noneOf(MailboxState.Column.class));
        state.fold(SnapshotChunk.newBuilder().setHeader(MailboxHeader.newBuilder().setUidValidity(7).setUidNext(1)).build());
        IntStream.rangeClosed(1, messages).forEach(uid -> state.apply(MessageRow.newBuilder().setUid(uid).setModseq(uid).build()));
        state.apply(MailboxHeader.newBuilder().setUidValidity(7).setUidNext(messages + 1).setModseq(messages).setMessages(messages).build());
        return new MailboxView(MAILBOX, state);
    }

    private boolean has(int uid) {
        return run.take(ByteString.EMPTY, uid).isPresent();
    }

    private static MessagesReader reader(List<Integer> uids, int size, int octets, boolean fails) {
        Iterator<MessagesChunk> chunks = uids.stream().map(uid -> MessagesChunk.newBuilder()
                .addPieces(MessagePiece.newBuilder().setRow(SummaryRow.newBuilder().setUid(uid).setSize(size)))
                .addPieces(MessagePiece.newBuilder().setData(ByteString.copyFromUtf8("x".repeat(octets)))).build()).iterator();
        return new MessagesReader(new Mail.Stream<>() {
            @Override
            public boolean hasNext() {
                if (!chunks.hasNext() && fails) {
                    throw new MailboxServiceException(MailboxServiceException.Reason.UNAVAILABLE, "as the test wants it");
                }
                return chunks.hasNext();
            }

            @Override
            public MessagesChunk next() {
                return chunks.next();
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
    }
}
