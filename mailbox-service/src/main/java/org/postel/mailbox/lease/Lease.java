package org.postel.mailbox.lease;

import java.time.Duration;

/**
 * A lock that is held.
 *
 * @param name         of what
 * @param holder       by whom, unique among all processes
 * @param fencingToken rises with each new holder: whatever is changed under the lease is changed only if no higher one was seen
 * @param ttl          ends this long after the request that took or renewed it was sent
 */
public record Lease(String name, String holder, long fencingToken, Duration ttl) {}
