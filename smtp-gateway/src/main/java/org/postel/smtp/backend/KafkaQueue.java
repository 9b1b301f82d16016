package org.postel.smtp.backend;

import org.postel.queue.QueueUnavailableException;
import org.postel.queue.QueueWriter;
import org.postel.queue.RecordTooLargeException;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.MessageQueue;
import org.postel.tracing.Span;

/** Puts accepted mail into the queue, waits until all in-sync replicas have it, and leaves a trace of it. */
public final class KafkaQueue implements MessageQueue {

    private final QueueWriter writer;
    private final String host;

    /** @param host this process's name in traces */
    public KafkaQueue(QueueWriter writer, String host) {
        this.writer = writer;
        this.host = host;
    }

    @Override
    public void accept(AcceptedMessage message) throws BackendUnavailableException {
        Span.current().put("postel.queue_id", message.id()).put("postel.message.octets", message.content().size())
            .put("postel.recipients", message.envelope().to().size());
        try {
            writer.enqueue(QueueRecords.message(message));
        } catch (QueueUnavailableException | RecordTooLargeException e) {
            throw new BackendUnavailableException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendUnavailableException("interrupted while queueing", e);
        }
        writer.trace(QueueRecords.accepted(message, host));
    }
}
