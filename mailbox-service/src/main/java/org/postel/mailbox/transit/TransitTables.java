package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.transit.Passage.Change;
import org.postel.queue.v1.JourneyRow;
import org.postel.queue.v1.QueueEntry;
import org.postel.queue.v1.RestingRecord;
import org.postel.queue.v1.TraceEvent;

/** What is written about mail on its way, as statements that can be repeated. */
final class TransitTables {

    static final byte TRACED = 0;
    static final byte BURIED = 1;

    private static final String JOURNEY =
            "INSERT INTO message_journey (minute, queue_id, source, position, events) VALUES (?, ?, ?, ?, ?) USING TTL ?";
    private static final String NAMED = "INSERT INTO message_named (hour, shard, message_id, queue_id) VALUES (?, ?, ?, ?) USING TTL ?";
    private static final String QUEUED = "mail_queued";
    private static final String OPEN = "INSERT INTO mail_queued (scope, hour, queue_id, recipient, entry) VALUES (?, ?, ?, ?, ?) USING TTL ?";
    private static final String END = "DELETE FROM mail_queued WHERE scope = ? AND hour = ? AND queue_id = ? AND recipient = ?";
    private static final String RESTING = "INSERT INTO mail_resting (topic, queue_id, position, record) VALUES (?, ?, ?, ?)";

    private final Cql cql;
    private final int queuedTtl;
    private final int journeyTtl;

    /**
     * One row.
     *
     * @param partition names its partition: what has the same may be written together
     * @param octets    about so many
     */
    record Write(List<Object> partition, int octets, BoundStatement statement) {}

    TransitTables(Cql cql, TransitSettings settings) {
        this.cql = cql;
        this.queuedTtl = Math.toIntExact(settings.queued().toSeconds());
        this.journeyTtl = Math.toIntExact(settings.journey().toSeconds());
    }

    Write journey(UUID message, byte source, long position, List<TraceEvent> events) {
        byte[] row = JourneyRow.newBuilder().addAllEvent(events).build().toByteArray();
        return new Write(List.of(JOURNEY, Scopes.minute(message)), row.length, cql.bind(JOURNEY, Scopes.minute(message), message, source, position,
                ByteBuffer.wrap(row), journeyTtl));
    }

    Write named(String messageId, UUID message) {
        int hour = Scopes.hour(message);
        byte shard = Scopes.shard(messageId);
        return new Write(List.of(NAMED, hour, shard), messageId.length(), cql.bind(NAMED, hour, shard, messageId, message, journeyTtl));
    }

    /** Of an entry that ended and one that opened for a recipient, the fold has left one. */
    List<Write> queued(UUID message, String sender, Change change) {
        List<Write> writes = new ArrayList<>();
        if (!change.fromHere()) {
            change.ended().forEach(recipient -> writes.addAll(ended(message, sender, recipient)));
        }
        int hour = Scopes.hour(message);
        for (Map.Entry<String, QueueEntry> entry : change.open().entrySet()) {
            byte[] value = entry.getValue().toByteArray();
            for (String scope : Scopes.of(sender, entry.getKey())) {
                writes.add(new Write(List.of(QUEUED, scope, hour), value.length,
                        cql.bind(OPEN, scope, hour, message, entry.getKey(), ByteBuffer.wrap(value), queuedTtl)));
            }
        }
        return writes;
    }

    List<Write> ended(UUID message, String sender, String recipient) {
        int hour = Scopes.hour(message);
        return Scopes.of(sender, recipient).stream().map(scope -> new Write(List.of(QUEUED, scope, hour), recipient.length(),
                cql.bind(END, scope, hour, message, recipient))).toList();
    }

    Write resting(UUID message, RestingRecord record) {
        byte[] row = record.toByteArray();
        return new Write(List.of(RESTING, record.getPlace().getTopic()), row.length,
                cql.bind(RESTING, record.getPlace().getTopic(), message, record.getPlace().getOffset(), ByteBuffer.wrap(row)));
    }

    BoundStatement done(UUID message, RestingRecord record) {
        return cql.bind("UPDATE mail_resting SET done = true WHERE topic = ? AND queue_id = ? AND position = ?",
                record.getPlace().getTopic(), message, record.getPlace().getOffset());
    }
}
