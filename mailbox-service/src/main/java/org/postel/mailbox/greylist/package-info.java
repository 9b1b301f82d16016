/**
 * Greylisting: what is known of triplets of network, sender and recipient, for all gateways.
 *
 * <p>May import {@code cassandra}. RFC 6647.
 *
 * <p>Invariants: every row has a time to live; no address is stored, only digests of triplets; who waits is never made to wait longer
 * by coming too early; nothing is conditional, because two gateways that meet a sender at once differ by a moment only.
 */
package org.postel.mailbox.greylist;
