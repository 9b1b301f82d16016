package org.postel.wire;

import java.io.IOException;

/** The process is draining and the peer had no command under way. */
public final class DrainingException extends IOException {

    private static final long serialVersionUID = 1L;

    public DrainingException() {
        super("draining");
    }
}
