package org.postel.imap.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** Where the queue is; shared by all who use it. */
@ConfigMapping(prefix = "postel.queue")
public interface QueueConfig {

    /** Kafka brokers to ask first, as host:port, separated by commas. */
    @WithDefault("127.0.0.1:9092")
    String bootstrapServers();

    /** More properties for every Kafka client, such as security.protocol. */
    Map<String, String> client();
}
