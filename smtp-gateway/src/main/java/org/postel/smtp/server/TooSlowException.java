package org.postel.smtp.server;

import java.io.IOException;

/** Content came in more slowly than the least rate. */
final class TooSlowException extends IOException {

    private static final long serialVersionUID = 1L;

    TooSlowException() {
        super("content below the least rate");
    }
}
