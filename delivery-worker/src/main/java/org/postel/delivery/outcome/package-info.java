/**
 * What became of a message for each of its recipients, and what follows from it: traces, a retry tier, a notification. Shared
 * by both stages; knows the queue's records, no network and no framework. {@code route} and {@code relay} may import it,
 * {@code bounce} and {@code backend} implement its interfaces.
 *
 * <p>RFC 5321 §4.5.4 (retry strategy), RFC 3463 (status codes).
 *
 * <p>Invariants: every recipient of a record ends in exactly one of delivered, handed on, retried, bounced or dead; the
 * record is done only after each of these is durable.
 */
package org.postel.delivery.outcome;
