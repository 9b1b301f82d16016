package org.postel.imap.command;

import java.io.IOException;

/** The selected mailbox was deleted: its message numbers mean nothing any more, so the connection ends. */
public final class MailboxGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    MailboxGoneException() {
        super("the selected mailbox was deleted");
    }
}
