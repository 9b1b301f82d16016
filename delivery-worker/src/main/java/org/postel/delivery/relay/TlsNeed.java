package org.postel.delivery.relay;

import org.postel.queue.v1.QueuedMessage;

/** What the sender of a message said about TLS: RFC 8689. */
public enum TlsNeed {
    /** Nothing: it is as its recipients' domain says. */
    USUAL,
    /** REQUIRETLS: only over connections whose other end proved its name, and to servers that keep to that too. */
    REQUIRED,
    /** TLS-Required: No: it shall arrive, whatever its recipients' domain says. */
    NOT_REQUIRED;

    static TlsNeed of(QueuedMessage message) {
        return switch (message.getTls()) {
            case AS_USUAL -> USUAL;
            case REQUIRED -> REQUIRED;
            case NOT_REQUIRED -> NOT_REQUIRED;
            // A newer release may mean more than we know.
            case UNRECOGNIZED -> REQUIRED;
        };
    }
}
