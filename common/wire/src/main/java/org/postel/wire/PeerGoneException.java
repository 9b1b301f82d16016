package org.postel.wire;

import java.io.IOException;

/** The peer closed or reset the connection. */
public final class PeerGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    public PeerGoneException(String message) {
        super(message);
    }
}
