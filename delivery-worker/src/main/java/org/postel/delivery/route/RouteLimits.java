package org.postel.delivery.route;

import java.time.Duration;

/**
 * Limits of the first stage.
 *
 * @param maxHops Received fields; more is a loop (RFC 5321 §6.3 asks for at least 100: we follow Postfix
 *     with 50, which no real way reaches)
 * @param maxAliasDepth aliases that lead to aliases
 * @param maxAddresses followed for one message
 * @param maxHeader octets of the header that are looked at
 * @param fullBounces whether mail for a full mailbox bounces at once, and is not tried again
 * @param patience how long a store that does not answer is asked again before the message goes to a retry tier
 */
public record RouteLimits(int maxHops, int maxAliasDepth, int maxAddresses, int maxHeader, boolean fullBounces, Duration patience) {
}
