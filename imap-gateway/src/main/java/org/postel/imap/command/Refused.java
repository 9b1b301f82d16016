package org.postel.imap.command;

import org.postel.imap.syntax.Completion;

/** A verb cannot go on: the state stays, this is the reply. Never leaves the package. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Completion reply;

    Refused(Completion reply) {
        super(reply.text(), null, false, false);
        this.reply = reply;
    }

    Completion reply() {
        return reply;
    }
}
