package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.postel.mailbox.events.EventSettings;

/** What is told of commits. */
@ConfigMapping(prefix = "postel.mailbox.events")
public interface EventsConfig {

    /** How many mailboxes may wait to be told of; more are dropped, which costs their readers a delay. */
    @WithDefault("50000")
    int mostWaiting();

    /** How long Kafka has for one event before it is dropped. */
    @WithDefault("5s")
    Duration patience();

    /** Least time from one sending to the next: what happens meanwhile is told of together. After quiet an event goes at once. */
    @WithDefault("20ms")
    Duration pause();

    /**
     * Least time between two sendings for a mailbox that changes on and on: its pause doubles from {@code pause} up to this. After so much
     * quiet it begins anew. If less than {@code pause}, that.
     */
    @WithDefault("100ms")
    Duration longestPause();

    /** As the events package takes it. */
    default EventSettings settings(QueueConfig queue) {
        return new EventSettings(queue.bootstrapServers(), queue.client(), mostWaiting(), patience(), pause(), longestPause());
    }
}
