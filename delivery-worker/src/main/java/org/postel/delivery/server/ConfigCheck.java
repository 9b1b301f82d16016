package org.postel.delivery.server;

import java.time.Duration;
import java.util.List;

/** Finds at the start what would fail with the first message. */
final class ConfigCheck {

    private ConfigCheck() {
    }

    /** @throws IllegalArgumentException with the property that is wrong */
    static void check(DeliveryConfig config, QueueConfig queue) {
        List<Duration> tiers = queue.retryTiers();
        for (Duration delay : config.retrySchedule()) {
            if (!tiers.contains(delay)) {
                throw new IllegalArgumentException("postel.delivery.retry-schedule: " + delay
                        + " is not one of postel.queue.retry-tiers " + tiers);
            }
        }
        if (!tiers.contains(config.relay().parkingTier())) {
            throw new IllegalArgumentException("postel.delivery.relay.parking-tier: " + config.relay().parkingTier()
                    + " is not one of postel.queue.retry-tiers " + tiers);
        }
        if (config.relay().perDestination() < 1) {
            throw new IllegalArgumentException("postel.delivery.relay.per-destination is at least 1");
        }
    }
}
