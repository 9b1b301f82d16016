package org.postel.wire;

import java.io.IOException;

/** The peer read nothing for longer than the write timeout. */
public final class WriteTimeoutException extends IOException {

    private static final long serialVersionUID = 1L;

    public WriteTimeoutException(String message) {
        super(message);
    }
}
