package org.postel.imap.command;

import java.io.IOException;

/** More octets on their way than it is worth to read and drop: RFC 7888 §4 leaves only to close. */
public final class UnwantedLiteralException extends IOException {

    private static final long serialVersionUID = 1L;

    UnwantedLiteralException() {
        super("a literal too big to drop");
    }
}
