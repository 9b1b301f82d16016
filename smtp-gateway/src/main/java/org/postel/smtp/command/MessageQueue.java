package org.postel.smtp.command;

/** Where accepted mail goes. */
@FunctionalInterface
public interface MessageQueue {

    /**
     * Returns once the message is durable: from then on it will be delivered or bounced.
     *
     * @throws BackendUnavailableException when that is not certain
     */
    void accept(AcceptedMessage message) throws BackendUnavailableException;
}
