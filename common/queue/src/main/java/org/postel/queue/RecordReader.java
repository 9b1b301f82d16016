package org.postel.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.postel.queue.v1.Place;

/** Reads single records by their place. One thread. */
public final class RecordReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;

    /** @throws QueueUnavailableException when no broker has a known address */
    public RecordReader(QueueSettings settings) throws QueueUnavailableException {
        try {
            this.consumer = new KafkaConsumer<>(new ClientProperties(settings).reader(), new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw new QueueUnavailableException("the queue cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The value of a record; empty when it is there no more, or was never.
     *
     * @throws QueueUnavailableException when that cannot be told
     */
    public Optional<byte[]> read(Place place) throws QueueUnavailableException {
        TopicPartition partition = new TopicPartition(place.getTopic(), place.getPartition());
        try {
            long first = consumer.beginningOffsets(List.of(partition)).get(partition);
            long next = consumer.endOffsets(List.of(partition)).get(partition);
            if (place.getOffset() < first || place.getOffset() >= next) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, place.getOffset());
            var records = consumer.poll(PATIENCE).records(partition);
            if (records.isEmpty()) {
                throw new QueueUnavailableException("the queue did not answer in time", null);
            }
            return records.getFirst().offset() == place.getOffset() ? Optional.of(records.getFirst().value()) : Optional.empty();
        } catch (KafkaException e) {
            throw new QueueUnavailableException("the queue cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
