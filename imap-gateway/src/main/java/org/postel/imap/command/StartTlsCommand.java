package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** STARTTLS, RFC 3501 §6.2.1: the decision; the loop writes the reply and turns TLS on. */
final class StartTlsCommand {

    private StartTlsCommand() {
    }

    static Step run(Conversation conversation) throws Refused {
        if (conversation.connection().tls()) {
            throw new Refused(Completion.bad("TLS is on already"));
        }
        if (!conversation.startTlsOffered()) {
            throw new Refused(Completion.bad("TLS is not offered here"));
        }
        return new Step(conversation.state(), Completion.ok("Begin TLS now"));
    }
}
