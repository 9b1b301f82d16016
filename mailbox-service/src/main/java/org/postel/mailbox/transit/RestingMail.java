package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.Cql;
import org.postel.queue.Topics;
import org.postel.queue.v1.RestingRecord;

/** What lies in {@code mail.dead} and {@code mail.held}, and was not let go. */
public final class RestingMail {

    private final Cql cql;
    private final TransitTables tables;

    /** A record and the message it carries. */
    public record Record(QueueId message, RestingRecord record) {}

    RestingMail(Cql cql, TransitTables tables) {
        this.cql = cql;
        this.tables = tables;
    }

    /**
     * Oldest messages first.
     *
     * @param after the last message of the page before
     * @param limit records at most
     */
    public List<Record> list(String topic, Optional<QueueId> after, int limit) {
        return taken(limit, after.isPresent()
                ? cql.readPages(limit, "SELECT queue_id, record, done FROM mail_resting WHERE topic = ? AND queue_id > ?", topic, after.get().uuid())
                : cql.readPages(limit, "SELECT queue_id, record, done FROM mail_resting WHERE topic = ?", topic));
    }

    /** Of one message. */
    public List<Record> of(String topic, QueueId message) {
        return taken(Integer.MAX_VALUE, cql.read("SELECT queue_id, record, done FROM mail_resting WHERE topic = ? AND queue_id = ?", topic, message.uuid()));
    }

    /** Whether a message lies in either. */
    public boolean has(UUID message) {
        return Stream.of(Topics.DEAD, Topics.HELD).anyMatch(topic -> Cql.asking(() -> cql.read(
                "SELECT done FROM mail_resting WHERE topic = ? AND queue_id = ?", topic, message).all()).stream().anyMatch(row -> !row.getBoolean("done")));
    }

    /** It lies there no more, whatever the topic still has. */
    void done(Record gone) {
        Cql.settle(cql.writeAsync(tables.done(gone.message().uuid(), gone.record())));
    }

    private static List<Record> taken(int limit, Iterable<Row> rows) {
        return Cql.asking(() -> {
            List<Record> records = new ArrayList<>();
            for (Row row : rows) {
                if (records.size() == limit) {
                    break;
                }
                if (!row.getBoolean("done") && !row.isNull("record")) {
                    records.add(new Record(new QueueId(row.getUuid("queue_id")), parsed(row)));
                }
            }
            return records;
        });
    }

    private static RestingRecord parsed(Row row) {
        try {
            return RestingRecord.parseFrom(row.getByteBuffer("record"));
        } catch (InvalidProtocolBufferException e) {
            return RestingRecord.newBuilder().setReason("the row is not readable").build();
        }
    }
}
