package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;

/** UNSELECT, RFC 3691. */
final class UnselectCommand {

    private UnselectCommand() {
    }

    static Step run(Conversation conversation) {
        return new Step(conversation.state().unselected(), Completion.ok("UNSELECT completed"));
    }
}
