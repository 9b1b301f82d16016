package org.postel.delivery.outcome;

import java.time.Instant;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.TraceEvent;

/** Says where a message is: one trace event per step and recipient. */
public final class Traces {

    private static final int LONGEST_DETAIL = 500;

    private final DurableQueue queue;
    private final String host;

    /** @param host this process' name in the events */
    public Traces(DurableQueue queue, String host) {
        this.queue = queue;
        this.host = host;
    }

    /** One step of one recipient; the detail is cut at 500 characters. */
    public void step(QueuedMessage message, String step, String recipient, String detail) {
        queue.trace(event(message, step, detail).setRecipient(recipient).build());
    }

    /** As {@link #step(QueuedMessage, String, String, String)}; says what the sender called the recipient. */
    public void step(QueuedMessage message, String step, Recipient recipient, String detail) {
        queue.trace(event(message, step, detail).setRecipient(recipient.getAddress()).setOriginal(recipient.getOriginal()).build());
    }

    /** A recipient waits for its next attempt. */
    public void deferred(QueuedMessage message, Recipient recipient, String detail, Instant due, Place place) {
        queue.trace(event(message, "deferred", detail).setRecipient(recipient.getAddress()).setOriginal(recipient.getOriginal())
                .setAttempts(message.getAttempts()).setDueAt(due.toEpochMilli()).setPlace(place).build());
    }

    private TraceEvent.Builder event(QueuedMessage message, String step, String detail) {
        return TraceEvent.newBuilder()
                .setQueueId(message.getQueueId())
                .setAt(System.currentTimeMillis())
                .setStep(step)
                .setDetail(detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail)
                .setHost(host)
                .setSender(message.getReversePath())
                .setSize(message.hasClaimedSize() ? message.getClaimedSize() : message.getInline().size());
    }
}
