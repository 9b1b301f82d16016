package org.postel.mailbox.console;

import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.transit.QueueException;
import org.postel.queue.QueueUnavailableException;

/** Asks about mail on its way, with the failures that pages know. */
final class Mail {

    private Mail() {}

    /** What asks, or orders. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws QueueException, QueueUnavailableException, InterruptedException;
    }

    static <T> T asked(Call<T> call) throws DirectoryException {
        try {
            return call.make();
        } catch (QueueException e) {
            throw new DirectoryException(switch (e.fault()) {
                case INVALID -> Fault.INVALID;
                case UNKNOWN -> Fault.MISSING;
                case NOT_NOW -> Fault.IN_USE;
            }, e.getMessage());
        } catch (QueueUnavailableException e) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the queue does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "interrupted", e);
        }
    }
}
