package org.postel.wire;

import java.io.IOException;

/** The TLS handshake failed or took too long. */
public final class TlsFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    public TlsFailedException(Throwable cause) {
        super("TLS handshake failed: " + cause.getMessage(), cause);
    }
}
