package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.ExtensionRules;
import org.postel.imap.session.Legality;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.AppendArguments.Piece;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.AppendAllResponse;
import org.postel.mailbox.api.v1.Replaced;
import org.roaringbitmap.RoaringBitmap;

/** REPLACE and UID REPLACE, RFC 8508: within one mailbox one commit. */
final class ReplaceCommand {

    private ReplaceCommand() {
    }

    /** As {@link AppendCommand#run}. */
    static Step run(Conversation conversation, ImapCommand.Replace replace, Optional<LiteralHeader> announced) throws IOException {
        AppendDialogue dialogue = new AppendDialogue(conversation, replace.messages(), announced);
        try {
            AppendAllResponse stored = store(conversation, replace, dialogue);
            // RFC 8508 §4.3: before the message is told to be gone, so that a client can tell what took its place.
            conversation.untagged(Completion.ok(AppendCommand.appendUid(stored.getUidValidity(), UidSet.parse(stored.getUids())), "Replaced"));
            conversation.heard(conversation.selected().view().mailboxId(), stored.getReplacedModseq());
            return new Step(conversation.state(), Completion.ok("REPLACE completed"));
        } catch (Refused e) {
            dialogue.drop();
            return new Step(conversation.state(), e.reply());
        } catch (MailboxServiceException e) {
            dialogue.drop();
            boolean gone = e.reason() == MailboxServiceException.Reason.FAILED_PRECONDITION;
            return new Step(conversation.state(), gone ? Replies.GONE : Replies.of(e));
        }
    }

    private static AppendAllResponse store(Conversation conversation, ImapCommand.Replace replace, AppendDialogue dialogue) throws IOException, Refused {
        Optional<Completion> refusal = Legality.refusal(conversation.state(), replace)
                .or(() -> ExtensionRules.refusal(conversation.enabled(), replace));
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
        MailboxView view = conversation.selected().view();
        RoaringBitmap named = view.present(Targets.of(view, replace.number(), replace.uid()));
        if (named.isEmpty()) {
            throw new Refused(Replies.GONE);
        }
        Piece.Begin begin = (Piece.Begin) dialogue.next();
        Piece piece = dialogue.next();
        AppendTarget target = new AppendTarget(AppendCommand.lookUp(conversation, replace.mailbox()),
                Optional.of(Replaced.newBuilder().setMailboxId(view.mailboxId()).setUid(named.first()).build()));
        try (Mail.Batch batch = conversation.mail().appendAll()) {
            return new AppendedMessages(conversation, dialogue, batch, target).store(begin, piece);
        }
    }
}
