package org.postel.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How to reach the queue and how it is laid out. All services of one platform must agree on it.
 *
 * @param bootstrapServers where Kafka is found: {@code host:port}, comma between them
 * @param topics the topics, with the retry tiers
 * @param partitions of each topic of work ({@code mail.accepted}, {@code mail.relay}, {@code mail.relay.slow}), when it is created
 * @param replicationFactor of each topic, when it is created
 * @param maxRecordBytes the largest record: the inline limit of content plus room for the envelope
 * @param producerBufferBytes how much one process holds that the broker has not acknowledged yet
 * @param enqueueTimeout after this a record that the broker did not acknowledge counts as not enqueued
 * @param recordLock how long a taken record stays with its worker without a renewal: 15 to 60 seconds on a default broker
 * @param deliveryLimit how often the broker hands out a record before it drops it for the group: 2 to 10 on a default broker
 * @param client more properties for every Kafka client, such as {@code security.protocol}
 */
public record QueueSettings(
        String bootstrapServers,
        Topics topics,
        int partitions,
        short replicationFactor,
        int maxRecordBytes,
        long producerBufferBytes,
        Duration enqueueTimeout,
        Duration recordLock,
        int deliveryLimit,
        Map<String, String> client) {

    /** Octets: 256 KiB of inline content fit, with a thousand recipients and their last failures. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 1 << 20;
    /** Octets. */
    public static final long DEFAULT_PRODUCER_BUFFER_BYTES = 64L << 20;
    /** Partitions of a topic of work. */
    public static final int DEFAULT_PARTITIONS = 3;
    /** The broker's own upper limit. */
    public static final int DEFAULT_DELIVERY_LIMIT = 10;

    /** Checks what would fail late and unclearly in Kafka. */
    public QueueSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers are needed, such as 127.0.0.1:9092");
        }
        if (partitions < 1 || replicationFactor < 1) {
            throw new IllegalArgumentException("partitions and replication factor are at least 1");
        }
        if (maxRecordBytes < 1024 || producerBufferBytes < maxRecordBytes) {
            throw new IllegalArgumentException("the producer's buffer must hold at least one record");
        }
        if (enqueueTimeout.toMillis() < 1000 || recordLock.toMillis() < 1000) {
            throw new IllegalArgumentException("enqueue timeout and record lock are at least one second");
        }
        if (deliveryLimit < 2) {
            throw new IllegalArgumentException("a delivery limit under 2 leaves no delivery to save a record with");
        }
        client = Map.copyOf(client);
    }

    /** Defaults for one broker on this machine. */
    public static QueueSettings local(String bootstrapServers) {
        return new QueueSettings(bootstrapServers, new Topics(Topics.DEFAULT_RETRY_TIERS), DEFAULT_PARTITIONS, (short) 1,
                DEFAULT_MAX_RECORD_BYTES, DEFAULT_PRODUCER_BUFFER_BYTES, Duration.ofSeconds(10), Duration.ofSeconds(30),
                DEFAULT_DELIVERY_LIMIT, Map.of());
    }

    /** The same with other retry tiers. */
    public QueueSettings withRetryTiers(List<Duration> tiers) {
        return new QueueSettings(bootstrapServers, new Topics(tiers), partitions, replicationFactor, maxRecordBytes,
                producerBufferBytes, enqueueTimeout, recordLock, deliveryLimit, client);
    }
}
