package org.postel.delivery.smtp;

import java.io.IOException;

/** The connection ended before its time. */
public final class ConnectionLostException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message) {
        super(message);
    }
}
