package org.postel.mailbox.lease;

import java.time.Duration;

/**
 * A lock that is held.
 *
 * @param name         of what
 * @param holder       by whom, unique among all processes
 * @param ground       on what, for whom wants it and asks whether that still is so; empty: on nothing that ends before the lease
 * @param fencingToken rises with each new holder: whatever is changed under the lease is changed only if no higher one was seen
 * @param ttl          ends this long after the request that took or renewed it was sent
 */
public record Lease(String name, String holder, String ground, long fencingToken, Duration ttl) {}
