package org.postel.wire;

import java.io.IOException;

/** A line over its limit; it has been skipped to its end. */
public final class LineTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    public LineTooLongException(int limit) {
        super("line over " + limit + " octets");
    }
}
