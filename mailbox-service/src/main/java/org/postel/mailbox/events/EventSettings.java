package org.postel.mailbox.events;

import java.time.Duration;

/**
 * Where events go.
 *
 * @param bootstrapServers of Kafka, {@code host:port} and commas
 * @param topic            the topic's name
 * @param mostWaiting      how many mailboxes may wait to be told of; more are dropped
 * @param patience         how long one event may take before it is dropped
 */
public record EventSettings(String bootstrapServers, String topic, int mostWaiting, Duration patience) {

    public EventSettings {
        if (bootstrapServers.isBlank() || topic.isBlank() || mostWaiting < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("bootstrap servers, topic, and limits above zero are needed");
        }
    }
}
