package org.postel.delivery.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.postel.queue.QueueSettings;
import org.postel.queue.Topics;

/** Where the queue is; shared by all who use it. */
@ConfigMapping(prefix = "postel.queue")
public interface QueueConfig {

    /** Kafka brokers to ask first, as host:port, separated by commas. */
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /** Octets of records that the broker has not acknowledged yet, most for this process. */
    @WithDefault("64M")
    MemorySize producerBuffer();

    /** More properties for every Kafka client, such as security.protocol. */
    Map<String, String> client();

    /** Partitions of each topic of work, when the delivery worker creates it. */
    @WithDefault("3")
    int partitions();

    /** Replicas of each topic, when the delivery worker creates it. */
    @WithDefault("1")
    short replicationFactor();

    /** Delays of the retry tiers, rising, whole seconds: each is a topic. A tier that is not empty must stay. */
    @WithDefault("30s,5m,30m,2h,6h")
    List<Duration> retryTiers();

    /** How long the delivery worker waits for one record to be acknowledged before it sends it again. */
    @WithDefault("30s")
    Duration enqueueTimeout();

    /** How long a record stays with its worker without a renewal; the broker's own limits are 15s and 60s. */
    @WithDefault("30s")
    Duration recordLock();

    /**
     * How often a record is handed out at most. It goes to mail.dead as many deliveries before that as lanes share a partition: a
     * worker that dies may use up so many at once. The broker's limit is 10.
     */
    @WithDefault("10")
    int deliveryLimit();

    /** As the queue takes it. */
    default QueueSettings settings() {
        return new QueueSettings(bootstrapServers(), new Topics(retryTiers()), partitions(), replicationFactor(),
                QueueSettings.DEFAULT_MAX_RECORD_BYTES, producerBuffer().asLongValue(), enqueueTimeout(), recordLock(),
                deliveryLimit(), client());
    }
}
