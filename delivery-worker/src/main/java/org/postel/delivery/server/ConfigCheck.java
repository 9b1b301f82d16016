package org.postel.delivery.server;

import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.postel.delivery.relay.Rates;

/** Finds at the start what would fail with the first message. */
final class ConfigCheck {

    private static final Logger LOG = Logger.getLogger(ConfigCheck.class);

    /** So many deliveries a record has before it is a dead letter. */
    private static final int LEAST_DELIVERIES = 4;

    private static final int MOST_OUTSIDE = 10_000;

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
        if (config.delayWarning().isNegative()) {
            throw new IllegalArgumentException("postel.delivery.delay-warning: not a time to wait: " + config.delayWarning());
        }
        if (config.relay().perDestination() < 1) {
            throw new IllegalArgumentException("postel.delivery.relay.per-destination is at least 1");
        }
        if (config.relay().perServer().orElse(1) < 1) {
            throw new IllegalArgumentException("postel.delivery.relay.per-server is at least 1");
        }
        rates(config.relay());
        slow(config.relay());
        if (config.relay().connectionMessages() < 1) {
            throw new IllegalArgumentException("postel.delivery.relay.connection-messages is at least 1");
        }
        lanes("postel.delivery.route.lanes", config.route().lanes(), queue);
        lanes("postel.delivery.relay.lanes", config.relay().lanes(), queue);
        lanes("postel.delivery.relay.slow.lanes", config.relay().slow().lanes(), queue);
    }

    private static void rates(DeliveryConfig.Relay relay) {
        if (relay.messagesPerMinute() < 0 || relay.messagesPerMinute() > Rates.MOST) {
            throw new IllegalArgumentException("postel.delivery.relay.messages-per-minute: 0 to " + Rates.MOST + ", not " + relay.messagesPerMinute());
        }
        relay.rates().forEach((name, rate) -> {
            if (rate < 1 || rate > Rates.MOST) {
                throw new IllegalArgumentException("postel.delivery.relay.rates.\"" + name + "\": 1 to " + Rates.MOST + " messages a minute, not " + rate);
            }
        });
    }

    private static void slow(DeliveryConfig.Relay relay) {
        DeliveryConfig.Slow slow = relay.slow();
        if (!slow.moment().isPositive() || slow.moment().compareTo(slow.after()) > 0) {
            throw new IllegalArgumentException("postel.delivery.relay.slow.moment: more than none and at most postel.delivery.relay.slow.after, not "
                    + slow.moment());
        }
        if (slow.lanePatience().compareTo(slow.moment()) < 0) {
            throw new IllegalArgumentException("postel.delivery.relay.slow.lane-patience: at least postel.delivery.relay.slow.moment, not " + slow.lanePatience());
        }
        if (slow.outsideOfLanes() < 1 || slow.outsideOfLanes() > MOST_OUTSIDE) {
            throw new IllegalArgumentException("postel.delivery.relay.slow.outside-of-lanes: 1 to " + MOST_OUTSIDE + ", for without a place no mail goes to a"
                    + " domain that took none in time lately, not " + slow.outsideOfLanes());
        }
        if (slow.outsideOfLanes() < relay.lanes() * relay.batch()) {
            LOG.warnf("postel.delivery.relay.slow.outside-of-lanes: %d places are less than postel.delivery.relay.lanes times batch, %d: mail for domains"
                    + " that took none in time lately is parked while they are taken", slow.outsideOfLanes(), relay.lanes() * relay.batch());
        }
        if (slow.waiting() < 0 || slow.perDestination() < 1) {
            throw new IllegalArgumentException("postel.delivery.relay.slow.waiting is at least 0, and per-destination at least 1");
        }
    }

    /** Each lane of a partition may cost a record a delivery when its worker dies, and a drain costs one more. */
    private static void lanes(String property, int lanes, QueueConfig queue) {
        int most = (queue.deliveryLimit() - LEAST_DELIVERIES) * queue.partitions();
        if (lanes > most) {
            throw new IllegalArgumentException(property + ": at most " + most + " for " + queue.partitions() + " partitions and "
                    + queue.deliveryLimit() + " deliveries, not " + lanes + "; start more workers instead");
        }
    }
}
