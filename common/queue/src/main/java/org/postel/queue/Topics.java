package org.postel.queue;

import java.time.Duration;
import java.util.List;

/**
 * The topics of the queue. Their names are a contract between all services, so only the retry tiers are configurable.
 *
 * @param retryTiers the delays of the retry tiers, shortest first, each of whole seconds and none twice
 */
public record Topics(List<Duration> retryTiers) {

    /** Messages that were answered 250, to be routed. */
    public static final String ACCEPTED = "mail.accepted";
    /** Messages for one remote domain, to be relayed. */
    public static final String RELAY = "mail.relay";
    /** The same, for domains whose servers kept a worker waiting lately. */
    public static final String RELAY_SLOWLY = "mail.relay.slow";
    /** Messages that kept failing, for a person to look at: {@code DeadLetter} records. */
    public static final String DEAD = "mail.dead";
    /** Messages an operator holds, until one lets them go: {@code QueuedMessage} records. */
    public static final String HELD = "mail.held";
    /** What operators ordered: {@code Order} records, compacted, keyed by what they are about. */
    public static final String ORDERS = "mail.orders";
    /** {@code TraceEvent} records, keyed by queue id. */
    public static final String TRACE = "mail.trace";
    /** {@code ClientReport} records: what clients do at each gateway, of interest for seconds. */
    public static final String CLIENTS = "smtp.clients";
    /** {@code MailboxEvent} records, keyed by account. */
    public static final String MAILBOX_EVENTS = "mailbox.events";

    /** The tiers of a platform that runs for strangers: a few minutes for a hiccup, hours for an outage. */
    public static final List<Duration> DEFAULT_RETRY_TIERS =
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(6));

    private static final String RETRY_PREFIX = "mail.retry.";

    /** Checks that each tier is a positive number of seconds and that they rise. */
    public Topics {
        retryTiers = List.copyOf(retryTiers);
        if (retryTiers.isEmpty()) {
            throw new IllegalArgumentException("at least one retry tier is needed");
        }
        Duration before = Duration.ZERO;
        for (Duration tier : retryTiers) {
            if (tier.compareTo(before) <= 0 || tier.getNano() != 0) {
                throw new IllegalArgumentException("retry tiers are whole seconds, each longer than the one before: " + retryTiers);
            }
            before = tier;
        }
    }

    /** The topic of a tier, such as {@code mail.retry.5m}. */
    public static String retry(Duration tier) {
        return RETRY_PREFIX + written(tier);
    }

    /** The topics of all tiers, shortest first. */
    public List<String> retryTopics() {
        return retryTiers.stream().map(Topics::retry).toList();
    }

    private static String written(Duration tier) {
        long seconds = tier.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
