package org.postel.imap.command;

import java.io.IOException;
import java.util.List;
import org.postel.imap.session.Account;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.ObjectId;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.MailboxState;
import org.roaringbitmap.RoaringBitmap;

/** SELECT and EXAMINE, RFC 3501 §6.3.1 and §6.3.2, with HIGHESTMODSEQ of RFC 7162 §3.1.2.1. */
final class SelectCommand {

    private final LeftMailboxes left;

    SelectCommand(LeftMailboxes left) {
        this.left = left;
    }

    Step run(Conversation conversation, MailboxName name, boolean asked) throws IOException, Refused {
        // Whatever comes of it, the mailbox that was selected is so no longer.
        SessionState before = conversation.state();
        conversation.enter(before.unselected());
        Opening opening = new Opening(conversation, left, account(before), !asked);
        MailboxView view = opening.open(name);
        // RFC 4314 §5.2: of another's mailbox in which nothing may be changed.
        boolean readOnly = asked || !opening.rights().mayChangeSomething();
        describe(conversation, view, readOnly ? List.of() : opening.rights().permanent(view.flags()));
        return new Step(new SessionState.Selected(account(before), name, view, readOnly),
                Completion.ok(readOnly ? "READ-ONLY" : "READ-WRITE", "Selected"));
    }

    private static Account account(SessionState before) {
        return switch (before) {
            case SessionState.Authenticated authenticated -> authenticated.account();
            case SessionState.Selected selected -> selected.account();
            case SessionState.NotAuthenticated _, SessionState.Logout _ ->
                    throw new IllegalStateException("SELECT before login");
        };
    }

    /** RFC 3501 §6.3.1: the required and the required OK untagged responses. */
    private static void describe(Conversation conversation, MailboxView view, List<String> permanent) throws IOException {
        ResponseBuffer out = new ResponseBuffer();
        out.raw("* FLAGS ").flags(view.flags()).crlf();
        out.raw("* ").number(view.messages()).raw(" EXISTS").crlf();
        out.raw("* ").number(view.recent().getCardinality()).raw(" RECENT").crlf();
        RoaringBitmap unseen = RoaringBitmap.andNot(view.uids(), view.state().flag(MailboxState.SEEN));
        if (!unseen.isEmpty()) {
            out.raw("* OK [UNSEEN ").number(view.numberOf(unseen.first())).raw("] First unseen message").crlf();
        }
        out.raw("* OK [PERMANENTFLAGS ").flags(permanent).raw("] Flags permitted").crlf();
        out.raw("* OK [UIDNEXT ").number(Integer.toUnsignedLong(view.state().header().getUidNext())).raw("] Next UID").crlf();
        out.raw("* OK [UIDVALIDITY ").number(Integer.toUnsignedLong(view.state().header().getUidValidity()))
                .raw("] UIDs valid").crlf();
        out.raw("* OK [HIGHESTMODSEQ ").number(view.state().modseq()).raw("] Highest").crlf();
        // RFC 8474 §4.2.
        out.raw("* OK [MAILBOXID (" + ObjectId.ofMailbox(view.mailboxId()) + ")] Its id").crlf();
        conversation.write(out.take());
    }
}
