package org.postel.imap.command;

import java.io.IOException;

/** The account's password was changed, or it may not use IMAP any more: nothing will be answered, so the connection ends. */
public final class SessionEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    SessionEndedException() {
        super("the session was ended");
    }
}
