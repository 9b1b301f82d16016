package org.postel.delivery.smtp;

import java.io.IOException;

/** STARTTLS was offered, but no TLS came of it. */
public final class TlsException extends IOException {

    private static final long serialVersionUID = 1L;

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
