package org.postel.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.Change;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.StoredRules;
import org.postel.queue.v1.ClientReport;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.JourneyRow;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.QueueEntry;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.RestingRecord;
import org.postel.queue.v1.TraceEvent;
import org.roaringbitmap.RoaringBitmap;

/**
 * Records and rows as earlier releases left them in topics and tables, and sent them to the release beside them, are read by this one.
 * A folder for each release has them in octets ({@code .bin}) and in words ({@code .txtpb}); {@code protoc --encode} makes the first of
 * the second when a message is new, and neither is changed once it is released.
 */
class ReleasedRecordsTest {

    private static final Path RELEASED = Path.of("src/test/resources/released");

    /** What is written to stay: the values of all topics and of all columns that hold a message. */
    private static final Map<String, Message> STAYING = Stream.of(QueuedMessage.getDefaultInstance(), DeadLetter.getDefaultInstance(),
                    TraceEvent.getDefaultInstance(), Order.getDefaultInstance(), ClientReport.getDefaultInstance(), JourneyRow.getDefaultInstance(),
                    QueueEntry.getDefaultInstance(), RestingRecord.getDefaultInstance(), MailboxEvent.getDefaultInstance(),
                    MessageRow.getDefaultInstance(), Change.getDefaultInstance(), SnapshotChunk.getDefaultInstance(),
                    MessageSummary.getDefaultInstance(), StoredRules.getDefaultInstance())
            .collect(Collectors.toMap(message -> message.getDescriptorForType().getName(), Function.identity()));

    static List<Path> records() throws IOException {
        try (Stream<Path> all = Files.walk(RELEASED)) {
            return all.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
    }

    /** {@code Change.added.bin} is a Change. */
    private static String type(Path record) {
        String name = record.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    @ParameterizedTest
    @MethodSource("records")
    void saysWhatItSaidWhenItWasWritten(Path record) throws IOException {
        Message type = STAYING.get(type(record));
        Message.Builder said = type.newBuilderForType();
        TextFormat.merge(Files.readString(Path.of(record.toString().replaceFirst("bin$", "txtpb"))), said);
        assertEquals(said.build(), type.getParserForType().parseFrom(Files.readAllBytes(record)));
    }

    @Test
    void ofAllThatStaysThereIsARecord() throws IOException {
        assertEquals(STAYING.keySet(), records().stream().map(ReleasedRecordsTest::type).collect(Collectors.toSet()));
    }

    @Test
    void aStoredMailboxIsFolded() throws IOException {
        MailboxState state = new MailboxState(Set.of());
        state.fold(SnapshotChunk.parseFrom(Files.readAllBytes(RELEASED.resolve("0.1/SnapshotChunk.bin"))));
        assertEquals(RoaringBitmap.bitmapOf(1, 2, 5), state.uids());
        assertEquals(RoaringBitmap.bitmapOf(2), state.flag("\\Seen"));
        assertEquals(List.of(10L, 15L, 12L), List.of(state.modseq(1), state.modseq(2), state.modseq(5)));
    }
}
