package org.postel.queue;

/**
 * The broker did not acknowledge in time, or not with enough replicas, or our buffer is full. Whether the record is in the
 * queue is not known: the sender keeps its copy (4xx) and may send again.
 */
public final class QueueUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param cause what Kafka said */
    public QueueUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
