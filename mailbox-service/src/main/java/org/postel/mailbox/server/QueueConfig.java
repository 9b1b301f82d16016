package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** Where Kafka is. */
@ConfigMapping(prefix = "postel.queue")
public interface QueueConfig {

    /** Where Kafka is found: {@code host:port}, comma between them. */
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /** More properties for every Kafka client, such as {@code security.protocol}. */
    Map<String, String> client();
}
