package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.content.MessageSummaries;

/**
 * A message on its way into a mailbox; its content is there.
 *
 * @param message      names the content
 * @param link         that keeps the content for this message
 * @param size         octets, prefix included
 * @param internalDate milliseconds since the epoch
 * @param zone         minutes east that the date was given in
 * @param prefix       header lines of this recipient
 * @param summary      its MessageSummary, perhaps without what is too large; empty for none
 */
public record NewMessage(UUID message, Link link, long size, long internalDate, int zone, List<String> flags, ByteString prefix, ByteString summary) {

    /** What is added to a message in a request to Cassandra: its statement, keys, times, and what only the commit gives it. */
    private static final int ROW_OCTETS = 128;

    public NewMessage {
        flags = List.copyOf(flags);
    }

    /**
     * What is stored of a summary: over the limit without the body structure, over it again only the envelope, then nothing; what
     * is missing is computed when it is asked for.
     */
    public static ByteString bounded(MessageSummary summary, long limit) {
        MessageSummary whole = MessageSummaries.stored(summary);
        MessageSummary listed = whole.toBuilder().clearBody().build();
        return Stream.of(whole, listed, MessageSummary.newBuilder().setEnvelope(summary.getEnvelope()).build())
                .filter(some -> some.getSerializedSize() <= limit).findFirst().map(MessageSummary::toByteString).orElse(ByteString.EMPTY);
    }

    /** About how many octets it takes in a commit. */
    public int weight() {
        return arrival(0).weight() + ROW_OCTETS;
    }

    LogRow.Arrival arrival(long savedAt) {
        MessageRow row = MessageRow.newBuilder()
                .setMessageId(Uuids.toBytes(message))
                .setSize(size)
                .setInternalDate(internalDate)
                .setInternalDateZone(zone)
                .addAllFlags(flags)
                .setPrefix(prefix)
                .setSavedAt(savedAt)
                .build();
        return new LogRow.Arrival(row, link.tag(), summary);
    }
}
