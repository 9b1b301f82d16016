package org.postel.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads where the takers of each topic stand. */
final class QueueOffsets {

    private static final Duration ONE_RECORD = Duration.ofSeconds(3);

    private final Admin admin;
    private final QueueSettings settings;

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

    QueueOffsets(Admin admin, QueueSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** By topic. */
    Map<String, Reader> queues() {
        Map<String, Reader> queues = new LinkedHashMap<>();
        queues.put(Topics.ACCEPTED, () -> taken(Topics.ACCEPTED, sharePositions(Topics.ACCEPTED, ShareGroups.ROUTE)));
        queues.put(Topics.RELAY, () -> taken(Topics.RELAY, sharePositions(Topics.RELAY, ShareGroups.RELAY)));
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
        admin.describeTopics(java.util.List.of(topic)).allTopicNames().get().get(topic).partitions().forEach(partition -> {
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
        long records = 0;
        long oldest = Long.MAX_VALUE;
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(new ClientProperties(settings).reader(),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Map.Entry<TopicPartition, Position> one : positions.entrySet()) {
                if (one.getValue().records() > 0) {
                    records += one.getValue().records();
                    oldest = Math.min(oldest, timestamp(reader, one.getKey(), one.getValue().start()));
                }
            }
        }
        return new Waiting(records, oldest == Long.MAX_VALUE ? System.currentTimeMillis() : oldest);
    }

    private static long timestamp(KafkaConsumer<byte[], byte[]> reader, TopicPartition partition, long offset) {
        reader.assign(java.util.List.of(partition));
        reader.seek(partition, offset);
        var records = reader.poll(ONE_RECORD).records(partition);
        return records.isEmpty() ? Long.MAX_VALUE : records.getFirst().timestamp();
    }

    /** What is done goes from the disk: the topics keep for ever what is not. */
    private void purge(String topic, Map<TopicPartition, Position> positions) throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> done = new HashMap<>();
        Map<TopicPartition, Position> all = positions(topic);
        positions.forEach((partition, position) -> {
            if (position.start() > all.get(partition).start()) {
                done.put(partition, RecordsToDelete.beforeOffset(position.start()));
            }
        });
        if (!done.isEmpty()) {
            admin.deleteRecords(done).all().get();
        }
    }
}
