package org.postel.queue;

/** The record is over the limit of {@link QueueSettings#maxRecordBytes()}: it is not in the queue, and trying again is no use. */
public final class RecordTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param size octets it has */
    public RecordTooLargeException(int size, int limit) {
        super("a record of " + size + " octets is over the limit of " + limit);
    }
}
