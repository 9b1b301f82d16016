package org.postel.wire;

import java.io.IOException;

/** The peer sent nothing, or not enough, within the time it had. */
public final class IdleTimeoutException extends IOException {

    private static final long serialVersionUID = 1L;

    public IdleTimeoutException(String message) {
        super(message);
    }
}
