package org.postel.delivery.outcome;

import java.time.Duration;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.TraceEvent;

/**
 * The queue as the stages see it: a method returns once the record is durable, however long the broker is away. The record
 * that is worked on stays ours meanwhile, so waiting here never costs a delivery count.
 */
public interface DurableQueue {

    /** A new message, to be routed. */
    void enqueue(QueuedMessage message) throws InterruptedException;

    /** To be relayed to {@code relay_domain}. */
    void relay(QueuedMessage message) throws InterruptedException;

    /** The same, where waiting for its servers holds up nobody else. */
    void relaySlowly(QueuedMessage message) throws InterruptedException;

    /**
     * To come back after the delay.
     *
     * @return where it waits
     */
    Place retry(QueuedMessage message, Duration delay) throws InterruptedException;

    /**
     * Takes back what waits in a retry tier. To be said while it is not due for a minute at least.
     *
     * @param place where {@link #retry} put it
     */
    void takeBack(Place place, QueuedMessage message) throws InterruptedException;

    /** Until an operator lets it go. */
    void hold(QueuedMessage message) throws InterruptedException;

    /** For a person to look at. */
    void bury(DeadLetter letter) throws InterruptedException;

    /** At best effort. */
    void trace(TraceEvent event);
}
