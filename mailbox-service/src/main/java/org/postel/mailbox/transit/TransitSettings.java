package org.postel.mailbox.transit;

import java.time.Duration;

/**
 * How mail on its way is remembered.
 *
 * @param settle  how long a message may take to its end without being written into the index of the queue
 * @param queued  how long an entry of the index lives that no trace ends: longer than a message may be queued
 * @param journey how long the journey of a message can be asked for
 */
public record TransitSettings(Duration settle, Duration queued, Duration journey) {

    public TransitSettings {
        if (settle.isNegative() || queued.compareTo(Duration.ofHours(1)) < 0 || journey.compareTo(queued) < 0) {
            throw new IllegalArgumentException("the index lives an hour at least, and a journey as long as the index");
        }
    }
}
