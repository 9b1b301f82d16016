package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;

/** CANCELUPDATE, RFC 5267 §4.3.5. */
final class CancelUpdateCommand {

    private CancelUpdateCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.CancelUpdate cancel) throws Refused {
        conversation.contexts().cancel(cancel.tags());
        return new Step(conversation.state(), Completion.ok("No further updates"));
    }
}
