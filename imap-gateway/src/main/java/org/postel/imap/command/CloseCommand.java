package org.postel.imap.command;

import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.mailbox.api.v1.ExpungeRequest;

/** CLOSE, RFC 3501 §6.4.2: removes what is marked and says nothing of it. */
final class CloseCommand {

    private CloseCommand() {
    }

    static Step run(Conversation conversation) {
        SessionState.Selected selected = conversation.selected();
        if (!selected.readOnly()) {
            conversation.mail().expunge(ExpungeRequest.newBuilder().setMailboxId(selected.view().mailboxId()).build());
            conversation.wantNewest();
        }
        return new Step(selected.unselected(), Completion.ok("CLOSE completed"));
    }
}
