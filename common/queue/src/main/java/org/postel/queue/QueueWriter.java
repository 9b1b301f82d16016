package org.postel.queue;

import java.time.Duration;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.TraceEvent;

/**
 * Where records go. Each method returns only once the record is durable; it throws {@link QueueUnavailableException} when
 * that is not certain and {@link RecordTooLargeException} when it never will be.
 */
public interface QueueWriter {

    /** Onto {@code mail.accepted}: to be routed. */
    void enqueue(QueuedMessage message) throws QueueUnavailableException, InterruptedException;

    /** Onto {@code mail.relay}: all recipients in one remote domain. */
    void relay(QueuedMessage message) throws QueueUnavailableException, InterruptedException;

    /** Onto {@code mail.relay.slow}: the same, where waiting for its servers holds up nobody else. */
    void relaySlowly(QueuedMessage message) throws QueueUnavailableException, InterruptedException;

    /**
     * Onto a retry tier: comes back to the topic of its stage after the tier's delay.
     *
     * @return where it waits
     */
    Place retry(QueuedMessage message, Duration tier) throws QueueUnavailableException, InterruptedException;

    /**
     * Takes back what waits in a retry tier: it is passed over when it is due. Said too late, it comes all the same.
     *
     * @param place where {@link #retry} put it
     * @param message what was put there
     */
    void takeBack(Place place, QueuedMessage message) throws QueueUnavailableException, InterruptedException;

    /** Onto {@code mail.held}: stays until an operator lets it go. */
    void hold(QueuedMessage message) throws QueueUnavailableException, InterruptedException;

    /** Onto {@code mail.dead}. */
    void bury(DeadLetter letter) throws QueueUnavailableException, InterruptedException;

    /** Onto {@code mail.trace}, at best effort: what is lost is counted, never thrown. */
    void trace(TraceEvent event);
}
