package org.postel.mailbox.events;

import java.time.Duration;
import java.util.Map;

/**
 * How events are sent.
 *
 * @param bootstrapServers of Kafka, {@code host:port} and commas
 * @param client           more properties for the Kafka client, such as {@code security.protocol}
 * @param mostWaiting      how many mailboxes may wait to be told of; more are dropped
 * @param patience         how long one event may take before it is dropped
 * @param pause            least time from one sending to the next
 * @param longestPause     least time between two tellings of what changes on and on; if less than the pause, that
 */
public record EventSettings(String bootstrapServers, Map<String, String> client, int mostWaiting, Duration patience, Duration pause, Duration longestPause) {

    public EventSettings {
        client = Map.copyOf(client);
        if (bootstrapServers.isBlank() || mostWaiting < 1 || !patience.isPositive() || pause.isNegative() || longestPause.isNegative()) {
            throw new IllegalArgumentException("bootstrap servers, and limits above zero are needed");
        }
    }
}
