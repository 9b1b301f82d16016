package org.postel.wire;

import java.io.IOException;

/** A line with a bare CR or LF (RFC 5321 §2.3.8); it has been skipped to its LF. */
public final class BareLineEndException extends IOException {

    private static final long serialVersionUID = 1L;

    public BareLineEndException() {
        super("bare CR or LF");
    }
}
