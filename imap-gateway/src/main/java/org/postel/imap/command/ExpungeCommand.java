package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.ExpungeRequest;
import org.postel.mailbox.api.v1.ExpungeResponse;

/** EXPUNGE, RFC 3501 §6.4.3, and UID EXPUNGE, RFC 4315 §2.1. */
final class ExpungeCommand {

    private ExpungeCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Expunge expunge) throws IOException {
        MailboxView view = conversation.selected().view();
        ExpungeRequest.Builder request = ExpungeRequest.newBuilder().setMailboxId(view.mailboxId());
        expunge.uids().ifPresent(set -> request.setUids(UidSet.toBytes(view.resolve(set, true))));
        CatchUp.known(view).ifPresent(request::setKnown);
        ExpungeResponse gone = conversation.mail().expunge(request.build());
        CatchUp.after(conversation, gone.getModseq(), gone.hasChanges() ? Optional.of(gone.getChanges()) : Optional.empty(), false);
        return new Step(conversation.state(), gone.getModseq() == 0
                ? Completion.ok("EXPUNGE completed")
                : Resync.reached(conversation, "EXPUNGE completed"));
    }
}
