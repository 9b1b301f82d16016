package org.postel.imap.command;

import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.ExpungeRequest;

/** CLOSE, RFC 3501 §6.4.2: removes what is marked and says nothing of it. */
final class CloseCommand {

    private CloseCommand() {
    }

    static Step run(Conversation conversation) {
        SessionState.Selected selected = conversation.selected();
        if (!selected.readOnly()) {
            expunge(conversation, selected);
            conversation.wantNewest();
        }
        return new Step(selected.unselected(), Completion.ok("CLOSE completed"));
    }

    /** RFC 4314 §4: who may not expunge another's mailbox only leaves it. */
    private static void expunge(Conversation conversation, SessionState.Selected selected) {
        try {
            conversation.mail().expunge(ExpungeRequest.newBuilder().setMailboxId(selected.view().mailboxId()).build());
        } catch (MailboxServiceException e) {
            if (e.reason() != MailboxServiceException.Reason.PERMISSION_DENIED) {
                throw e;
            }
        }
    }
}
