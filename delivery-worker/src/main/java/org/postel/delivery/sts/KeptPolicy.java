package org.postel.delivery.sts;

import java.time.Instant;

/**
 * A policy as it is kept: RFC 8461 §3.2.
 *
 * @param id of its record in DNS
 * @param text as its host sent it
 * @param fetched when
 * @param ends when it counts no longer
 */
public record KeptPolicy(String id, String text, Instant fetched, Instant ends) {
}
