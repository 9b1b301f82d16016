package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import org.postel.queue.QueueSettings;

/** Where Kafka is. */
@ConfigMapping(prefix = "postel.queue")
public interface QueueConfig {

    /** Octets: an operator's orders, one message at a time. */
    long PRODUCER_BUFFER = 4L << 20;

    /** Where Kafka is found: {@code host:port}, comma between them. */
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /** More properties for every Kafka client, such as {@code security.protocol}. */
    Map<String, String> client();

    /** As the queue takes it. Topics are the delivery worker's to create, so how they are laid out does not matter here. */
    default QueueSettings settings() {
        QueueSettings sane = QueueSettings.local(bootstrapServers());
        return new QueueSettings(sane.bootstrapServers(), sane.topics(), sane.partitions(), sane.replicationFactor(), sane.maxRecordBytes(),
                PRODUCER_BUFFER, sane.enqueueTimeout(), sane.recordLock(), sane.deliveryLimit(), client());
    }
}
