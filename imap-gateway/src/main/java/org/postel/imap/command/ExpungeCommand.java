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
import org.roaringbitmap.RoaringBitmap;

/** EXPUNGE, RFC 3501 §6.4.3, and UID EXPUNGE, RFC 4315 §2.1. */
final class ExpungeCommand {

    private ExpungeCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Expunge expunge) throws IOException {
        MailboxView view = conversation.selected().view();
        ExpungeRequest.Builder request = ExpungeRequest.newBuilder().setMailboxId(view.mailboxId());
        MessageLimit limit = new MessageLimit(conversation);
        // RFC 9738 §3.1: EXPUNGE without UIDs is never cut short.
        expunge.uids().ifPresent(set -> request.setUids(UidSet.toBytes(some(limit, view, view.resolve(set, true)))));
        CatchUp.known(view).ifPresent(request::setKnown);
        ExpungeResponse gone = conversation.mail().expunge(request.build());
        CatchUp.after(conversation, gone.getModseq(), gone.hasChanges() ? Optional.of(gone.getChanges()) : Optional.empty(), false);
        return new Step(conversation.state(), limit.told(gone.getModseq() == 0
                ? Completion.ok("EXPUNGE completed")
                : Resync.reached(conversation, "EXPUNGE completed")));
    }

    /** Of what is named, all that may go: only mailbox-service knows what is marked now; cut short by what this session knows to be. */
    private static RoaringBitmap some(MessageLimit limit, MailboxView view, RoaringBitmap named) {
        RoaringBitmap cut = limit.cut(RoaringBitmap.and(named, view.state().flag("\\Deleted")));
        return limit.exceeded() ? cut : named;
    }
}
