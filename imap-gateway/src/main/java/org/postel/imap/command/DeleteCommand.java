package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.v1.DeleteRequest;

/** DELETE, RFC 3501 §6.3.4. */
final class DeleteCommand {

    private DeleteCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Delete delete) throws Refused {
        if (delete.mailbox().isInbox()) {
            throw new Refused(Completion.no("CANNOT", "INBOX cannot be deleted"));
        }
        conversation.mail().delete(DeleteRequest.newBuilder().setName(delete.mailbox().text()).build());
        conversation.wantNewest();
        return new Step(conversation.state(), Completion.ok("DELETE completed"));
    }
}
