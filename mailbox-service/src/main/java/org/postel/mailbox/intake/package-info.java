/**
 * How mail comes in: deliveries, APPEND and the claim check. Content first, then its link, then the message's row, then the
 * answer.
 *
 * <p>May import {@code storage}, {@code content}, {@code store} and {@code tree}. RFC 9051 §6.3.12 (APPEND).
 *
 * <p>Invariants: nothing is answered before it is durable; a delivery that is repeated stores nothing twice; memory for a
 * message in transit is a few chunks, whatever its size.
 */
package org.postel.mailbox.intake;
