package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ExpungeRequest;

/** EXPUNGE, RFC 3501 §6.4.3, and UID EXPUNGE, RFC 4315 §2.1. */
final class ExpungeCommand {

    private ExpungeCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Expunge expunge) throws IOException {
        MailboxView view = conversation.selected().view();
        ExpungeRequest.Builder request = ExpungeRequest.newBuilder().setMailboxId(view.mailboxId());
        expunge.uids().ifPresent(set -> request.setUids(UidSet.toBytes(view.resolve(set, true))));
        conversation.mail().expunge(request.build());
        CatchUp.read(conversation);
        return new Step(conversation.state(), Completion.ok("EXPUNGE completed"));
    }
}
