package org.postel.imap.command;

import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.v1.RenameRequest;

/** RENAME, RFC 3501 §6.3.5. */
final class RenameCommand {

    private RenameCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Rename rename) throws Refused {
        MailboxName to = rename.to().withoutTrailingSeparator();
        if (to.isInbox()) {
            throw new Refused(Completion.no("ALREADYEXISTS", "INBOX is always there"));
        }
        if (!to.creatable()) {
            throw new Refused(Replies.BAD_NAME);
        }
        String from = rename.from().withoutTrailingSeparator().text();
        conversation.mail().rename(RenameRequest.newBuilder().setFrom(from).setTo(to.text()).build());
        conversation.wantNewest();
        return new Step(conversation.state(), Completion.ok("RENAME completed"));
    }
}
