package org.postel.delivery.outcome;

import org.postel.queue.v1.QueuedMessage;
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
        queue.trace(TraceEvent.newBuilder()
                .setQueueId(message.getQueueId())
                .setAt(System.currentTimeMillis())
                .setStep(step)
                .setRecipient(recipient)
                .setDetail(detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail)
                .setHost(host)
                .build());
    }
}
