package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.CreateRequest;

/** CREATE, RFC 3501 §6.3.3. */
final class CreateCommand {

    private CreateCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Create create) throws Refused {
        MailboxName name = create.mailbox().withoutTrailingSeparator();
        if (name.isInbox()) {
            throw new Refused(Completion.no("ALREADYEXISTS", "INBOX is always there"));
        }
        if (!name.creatable()) {
            throw new Refused(Replies.BAD_NAME);
        }
        conversation.mail().create(CreateRequest.newBuilder().setName(name.text()).build());
        conversation.wantNewest();
        return new Step(conversation.state(), Completion.ok("CREATE completed"));
    }
}
