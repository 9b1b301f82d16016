package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** NOOP and CHECK, RFC 3501 §6.1.2 and §6.4.1: always ask what happened, so that lost news cost no more than this. */
final class NoopCommand {

    private NoopCommand() {
    }

    static Step run(Conversation conversation) throws IOException {
        if (conversation.notifications().wantsSelected() || conversation.owesOwnWrite()) {
            CatchUp.read(conversation);
        }
        return new Step(conversation.state(), Completion.ok("Completed"));
    }
}
