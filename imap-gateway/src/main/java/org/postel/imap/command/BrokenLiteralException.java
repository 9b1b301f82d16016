package org.postel.imap.command;

import java.io.IOException;

/** Octets that were announced cannot be had: nothing that follows could be understood, so the connection ends. */
public final class BrokenLiteralException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenLiteralException(String message) {
        super(message);
    }
}
