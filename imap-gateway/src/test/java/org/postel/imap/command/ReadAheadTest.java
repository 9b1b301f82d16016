package org.postel.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.SummaryRow;

class ReadAheadTest {

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
