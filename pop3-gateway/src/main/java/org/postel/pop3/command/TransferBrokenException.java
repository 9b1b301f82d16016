package org.postel.pop3.command;

import java.io.IOException;

/** A message broke off after its reply had begun; the connection ends, as nothing else can tell the client. */
public final class TransferBrokenException extends IOException {

    private static final long serialVersionUID = 1L;

    public TransferBrokenException(String message) {
        super(message);
    }

    public TransferBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
