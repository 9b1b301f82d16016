/**
 * The contract of the queue: which topics there are, how a record gets in with a durable acknowledgement, and how work is
 * taken out of it. Knows Kafka's clients and the records of {@code queue.proto}; may import {@code org.postel.mail} and {@code org.postel.tracing}; knows no
 * framework and no service.
 *
 * <p>Invariants:
 * <ul>
 *   <li>{@link org.postel.queue.QueueProducer} says done only after the broker has acknowledged (all in-sync replicas).</li>
 *   <li>A taken record is accepted only after everything that follows from it is durable elsewhere; until then its lock is
 *       renewed, and when its worker dies it is handed out again with a higher delivery count.</li>
 *   <li>The delivery count of a share group is never the retry schedule: past the limit the broker drops the record for the
 *       group without a word, so it goes to {@code mail.dead} before, with room for the deliveries that a dying worker's idle lanes
 *       use up.</li>
 *   <li>A retry tier has one constant delay, so its order is its due order.</li>
 * </ul>
 */
package org.postel.queue;
