package org.postel.delivery.smtp;

import java.io.IOException;

/** What the server sent is not SMTP. */
public final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
