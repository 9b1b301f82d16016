package org.postel.delivery.route;

import java.io.IOException;
import org.postel.queue.v1.QueuedMessage;

/** Says what is put before a message that leaves for other domains. */
@FunctionalInterface
public interface OutgoingFields {

    /**
     * The fields, each ended by CRLF; empty for none. Reads the whole message.
     *
     * @param message as it was accepted, with the recipients its sender named
     * @throws IOException when it cannot be said now; the message must not go without
     */
    String of(QueuedMessage message) throws IOException;
}
