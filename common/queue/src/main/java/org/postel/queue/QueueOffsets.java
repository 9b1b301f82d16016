package org.postel.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads where the takers of each topic stand. */
final class QueueOffsets {

    private static final Duration ONE_RECORD = Duration.ofSeconds(3);
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private final Admin admin;
    private final Consumer<byte[], byte[]> records;
    private final QueueSettings settings;
    private final SettledOffsets settled;

    /**
     * What waits in a queue.
     *
     * @param records how many
     * @param oldest when the first of them was queued, milliseconds since the epoch; the present when there is none
     */
    record Waiting(long records, long oldest) {}

    /** Reads one queue. */
    @FunctionalInterface
    interface Reader {
        Waiting read() throws ExecutionException, InterruptedException;
    }

    /** Where takers stand in one partition: the first record that is not done, and how many are not. */
    private record Position(long start, long records) {}

    /** @param records without a group, to look at the first record that waits */
    QueueOffsets(Admin admin, Consumer<byte[], byte[]> records, QueueSettings settings) {
        this(admin, records, settings, SETTLING);
    }

    QueueOffsets(Admin admin, Consumer<byte[], byte[]> records, QueueSettings settings, Duration settling) {
        this.settled = new SettledOffsets(settling);
        this.admin = admin;
        this.records = records;
        this.settings = settings;
    }

    /** By topic. */
    Map<String, Reader> queues() {
        Map<String, Reader> queues = new LinkedHashMap<>();
        queues.put(Topics.ACCEPTED, () -> taken(Topics.ACCEPTED, sharePositions(Topics.ACCEPTED, ShareGroups.ROUTE)));
        queues.put(Topics.RELAY, () -> taken(Topics.RELAY, sharePositions(Topics.RELAY, ShareGroups.RELAY)));
        queues.put(Topics.RELAY_SLOWLY, () -> taken(Topics.RELAY_SLOWLY, sharePositions(Topics.RELAY_SLOWLY, ShareGroups.RELAY_SLOWLY)));
        settings.topics().retryTopics().forEach(topic -> queues.put(topic, () -> taken(topic, groupPositions(topic))));
        queues.put(Topics.DEAD, () -> waiting(positions(Topics.DEAD)));
        return queues;
    }

    private Waiting taken(String topic, Map<TopicPartition, Position> positions) throws ExecutionException, InterruptedException {
        purge(topic, positions);
        return waiting(positions);
    }

    private Map<TopicPartition, Position> sharePositions(String topic, String group)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Position> positions = positions(topic);
        Map<TopicPartition, SharePartitionOffsetInfo> offsets = admin
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec().topicPartitions(positions.keySet())))
                .partitionsToOffsetInfo(group).get();
        positions.replaceAll((partition, all) -> {
            SharePartitionOffsetInfo info = offsets.get(partition);
            // Nobody took from this partition yet: all of it waits.
            if (info == null || info.startOffset() < all.start()) {
                return all;
            }
            long notDone = all.start() + all.records() - info.startOffset();
            return new Position(info.startOffset(), info.lag().orElse(notDone));
        });
        return positions;
    }

    private Map<TopicPartition, Position> groupPositions(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Position> positions = positions(topic);
        String group = ShareGroups.mover(topic);
        var committed = admin.listConsumerGroupOffsets(Map.of(group,
                new ListConsumerGroupOffsetsSpec().topicPartitions(positions.keySet()))).partitionsToOffsetAndMetadata(group).get();
        positions.replaceAll((partition, all) -> {
            var offset = committed.get(partition);
            return offset == null || offset.offset() < all.start() ? all
                    : new Position(offset.offset(), all.start() + all.records() - offset.offset());
        });
        return positions;
    }

    private Map<TopicPartition, Position> positions(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().forEach(partition -> {
            first.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
            last.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        });
        Map<TopicPartition, ListOffsetsResultInfo> starts = admin.listOffsets(first).all().get();
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(last).all().get();
        Map<TopicPartition, Position> positions = new HashMap<>();
        starts.forEach((partition, start) -> positions.put(partition,
                new Position(start.offset(), ends.get(partition).offset() - start.offset())));
        return positions;
    }

    private Waiting waiting(Map<TopicPartition, Position> positions) {
        long waiting = 0;
        long oldest = Long.MAX_VALUE;
        for (Map.Entry<TopicPartition, Position> one : positions.entrySet()) {
            if (one.getValue().records() > 0) {
                waiting += one.getValue().records();
                oldest = Math.min(oldest, timestamp(one.getKey(), one.getValue().start()));
            }
        }
        return new Waiting(waiting, oldest == Long.MAX_VALUE ? System.currentTimeMillis() : oldest);
    }

    private long timestamp(TopicPartition partition, long offset) {
        records.assign(List.of(partition));
        records.seek(partition, offset);
        var first = records.poll(ONE_RECORD).records(partition);
        return first.isEmpty() ? Long.MAX_VALUE : first.getFirst().timestamp();
    }

    /** What is done for good goes from the disk: the topics keep for ever what is not. */
    private void purge(String topic, Map<TopicPartition, Position> positions) throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> done = new HashMap<>();
        Map<TopicPartition, Position> all = positions(topic);
        positions.forEach((partition, position) -> {
            settled.read(partition, position.start(), System.nanoTime()).ifPresent(offset -> {
                if (offset > all.get(partition).start()) {
                    done.put(partition, RecordsToDelete.beforeOffset(offset));
                }
            });
        });
        if (!done.isEmpty()) {
            admin.deleteRecords(done).all().get();
        }
    }
}
