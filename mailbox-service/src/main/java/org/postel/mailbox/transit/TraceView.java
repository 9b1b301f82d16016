package org.postel.mailbox.transit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.transit.Passage.Change;
import org.postel.queue.Follower;
import org.postel.queue.v1.TraceEvent;

/**
 * Follows {@code mail.trace} and writes it into the tables. A message is written once it is at rest, so mail that is delivered
 * at once costs two rows and never stands in the index; one that takes longer is written as far as it came.
 */
final class TraceView implements Follower.View {

    private static final Logger LOG = Logger.getLogger(TraceView.class);
    private static final long BETWEEN_WRITES = Duration.ofMillis(500).toNanos();
    // Traces of one process go in one request each quarter of a second: what belongs together is here by then.
    private static final long QUIET = Duration.ofMillis(400).toNanos();
    private static final int MOST_PASSAGES = 20_000;
    private static final int MOST_EARLY = 20_000;

    private final TransitTables tables;
    private final ManyWrites writes;
    private final long settle;
    private final LongSupplier nanos;
    private final Map<TopicPartition, Followed> followed = new HashMap<>();
    // Messages whose later steps were written before "accepted" came: that one must not open an entry that nothing ends.
    private final Set<UUID> early = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MOST_EARLY;
        }
    });
    private long writeAt;

    /** One partition. */
    private static final class Followed {
        private final Map<UUID, Passage> passages = new LinkedHashMap<>();
        // What is older may have been written by who followed before.
        private final long since = System.currentTimeMillis();
        private long next;
        private long committed = -1;
    }

    /** @param nanos the clock, as {@link System#nanoTime} */
    TraceView(Cql cql, TransitTables tables, TransitSettings settings, LongSupplier nanos) {
        this.tables = tables;
        this.writes = new ManyWrites(cql);
        this.settle = settings.settle().toNanos();
        this.nanos = nanos;
        this.writeAt = nanos.getAsLong();
    }

    @Override
    public Map<TopicPartition, Long> follow(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        long now = nanos.getAsLong();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            read(record, now);
        }
        boolean full = followed.values().stream().mapToInt(one -> one.passages.size()).sum() > MOST_PASSAGES;
        if (!full && now - writeAt < 0) {
            return Map.of();
        }
        writeAt = now + BETWEEN_WRITES;
        return write(full, now);
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(followed::remove);
        writes.forget();
    }

    private void read(ConsumerRecord<byte[], byte[]> record, long now) {
        Followed partition = followed.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), absent -> new Followed());
        partition.next = record.offset() + 1;
        try {
            TraceEvent event = TraceEvent.parseFrom(record.value());
            if (event.getQueueId().size() == QueueId.BYTES) {
                UUID message = QueueId.of(event.getQueueId().toByteArray()).uuid();
                partition.passages.computeIfAbsent(message, absent -> new Passage(record.offset(), record.timestamp() < partition.since, now))
                        .add(event, now);
            }
        } catch (InvalidProtocolBufferException e) {
            LOG.warnf("a trace event is not readable: %s", e.getMessage());
        }
    }

    private Map<TopicPartition, Long> write(boolean all, long now) throws InterruptedException {
        List<Passage> written = new ArrayList<>();
        for (Followed partition : followed.values()) {
            Iterator<Map.Entry<UUID, Passage>> passages = partition.passages.entrySet().iterator();
            while (passages.hasNext()) {
                Map.Entry<UUID, Passage> one = passages.next();
                if (all || one.getValue().olderThan(settle, now) || one.getValue().atRest(QUIET, now)) {
                    write(one.getKey(), one.getValue());
                    written.add(one.getValue());
                    passages.remove();
                }
            }
        }
        writes.end();
        LOG.tracef("%d messages written", written.size());
        return positions();
    }

    private void write(UUID message, Passage passage) throws InterruptedException {
        List<TraceEvent> events = passage.events();
        writes.add(tables.journey(message, TransitTables.TRACED, passage.first(), events));
        for (TraceEvent event : events) {
            if (!event.getMessageId().isEmpty()) {
                writes.add(tables.named(event.getMessageId(), message));
            }
        }
        Change change = inOrder(message, passage.change());
        for (TransitTables.Write each : tables.queued(message, events.getFirst().getSender(), change)) {
            writes.add(each);
        }
    }

    private Change inOrder(UUID message, Change change) {
        if (change.open().containsKey(Passage.ALL) || change.fromHere()) {
            return early.remove(message) ? lateAccepted(change) : change;
        }
        if (!(change.open().isEmpty() && change.ended().isEmpty())) {
            early.add(message);
        }
        return change;
    }

    private static Change lateAccepted(Change change) {
        change.open().remove(Passage.ALL);
        return new Change(change.open(), change.ended(), false);
    }

    /** Where to go on after a crash: at the first event that is not written, of those that moved. */
    private Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        followed.forEach((partition, state) -> {
            long position = state.passages.values().stream().mapToLong(Passage::first).min().orElse(state.next);
            if (position != state.committed) {
                state.committed = position;
                positions.put(partition, position);
            }
        });
        return positions;
    }
}
