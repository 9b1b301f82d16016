package org.postel.smtp.server;

import java.io.IOException;

/** The client said something before it could know what it is asked (RFC 4954 §4). */
final class UnsynchronizedException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsynchronizedException() {
        super("answered ahead of the question");
    }
}
