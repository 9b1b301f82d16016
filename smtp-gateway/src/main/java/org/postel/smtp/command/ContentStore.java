package org.postel.smtp.command;

import org.postel.mail.QueueId;

/** Takes content too large for a record: the claim check. */
@FunctionalInterface
public interface ContentStore {

    /** Begins to store the content of a message. */
    Upload open(QueueId id) throws BackendUnavailableException;

    /** Content on its way; waits while the store takes no more. Closed before {@link #finish()}, nothing is kept. */
    interface Upload extends AutoCloseable {

        /** Takes octets. */
        void write(byte[] octets, int offset, int length) throws BackendUnavailableException;

        /** Returns once all of it is durable. */
        void finish() throws BackendUnavailableException;

        @Override
        void close();
    }
}
