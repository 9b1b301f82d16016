package org.postel.wire;

import java.io.IOException;

/** What the peer sends is no DEFLATE stream, or one that grows beyond all measure; nothing more can be read. */
public final class CompressionBrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    CompressionBrokenException(String message) {
        super(message);
    }
}
