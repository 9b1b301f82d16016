package org.postel.imap.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.postel.imap.session.Account;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.ObjectId;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.MailboxState;
import org.roaringbitmap.RoaringBitmap;

/** SELECT and EXAMINE, RFC 3501 §6.3.1 and §6.3.2, with HIGHESTMODSEQ and QRESYNC of RFC 7162 §3.1.2.1 and §3.2.5. */
final class SelectCommand {

    private final LeftMailboxes left;

    SelectCommand(LeftMailboxes left) {
        this.left = left;
    }

    Step run(Conversation conversation, ImapCommand.Select select, boolean asked) throws IOException, Refused {
        // Whatever comes of it, the mailbox that was selected is so no longer.
        SessionState before = conversation.state();
        conversation.enter(before.unselected());
        if (before instanceof SessionState.Selected) {
            // RFC 7162 §3.2.11: what was said so far is about the mailbox before.
            conversation.untagged(Completion.ok("CLOSED", "Previous mailbox closed"));
        }
        Opening opening = new Opening(conversation, left, account(before), !asked);
        MailboxView view = opening.open(select.mailbox());
        // RFC 4314 §5.2: of another's mailbox in which nothing may be changed.
        boolean readOnly = asked || !opening.rights().mayChangeSomething();
        if (conversation.dialect().rev2()) {
            view.forgetRecent();
        }
        Resync resync = new Resync(conversation, view);
        Optional<Resync.Answer> missed = select.resync().map(resync::ask);
        describe(conversation, view, select, readOnly ? List.of() : opening.rights().permanent(view.flags()));
        if (missed.isPresent()) {
            resync.tell(missed.get());
        }
        return new Step(new SessionState.Selected(account(before), select.mailbox(), view, readOnly),
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

    /** RFC 3501 §6.3.1: the required and the required OK untagged responses; RFC 9051 §6.3.2 has others. */
    private static void describe(Conversation conversation, MailboxView view, ImapCommand.Select select, List<String> permanent) throws IOException {
        ResponseBuffer out = conversation.response();
        out.raw("* FLAGS ").flags(view.flags()).crlf();
        out.raw("* ").number(view.messages()).raw(" EXISTS").crlf();
        if (!conversation.dialect().rev2()) {
            out.raw("* ").number(view.recent().getCardinality()).raw(" RECENT").crlf();
            firstUnseen(conversation, out, view);
        }
        out.raw("* OK [PERMANENTFLAGS ").flags(permanent).raw("] Flags permitted").crlf();
        out.raw("* OK [UIDNEXT ").number(Integer.toUnsignedLong(view.state().header().getUidNext())).raw("] Next UID").crlf();
        out.raw("* OK [UIDVALIDITY ").number(Integer.toUnsignedLong(view.state().header().getUidValidity()))
                .raw("] UIDs valid").crlf();
        out.raw("* OK [HIGHESTMODSEQ ").number(view.state().modseq()).raw("] Highest").crlf();
        // RFC 8474 §4.2.
        out.raw("* OK [MAILBOXID (" + ObjectId.ofMailbox(view.mailboxId()) + ")] Its id").crlf();
        if (conversation.dialect().rev2()) {
            list(out, select);
        }
        conversation.write(out.take());
    }

    private static void firstUnseen(Conversation conversation, ResponseBuffer out, MailboxView view) {
        RoaringBitmap unseen = RoaringBitmap.andNot(view.uids(), view.state().flag(MailboxState.SEEN));
        if (!unseen.isEmpty() && conversation.dialect().numbers()) {
            out.raw("* OK [UNSEEN ").number(view.numberOf(unseen.first())).raw("] First unseen message").crlf();
        }
    }

    /** RFC 9051 §6.3.2: with the name that the client wrote, where the mailbox's is another one. */
    private static void list(ResponseBuffer out, ImapCommand.Select select) {
        out.raw("* LIST () \"" + MailboxName.SEPARATOR + "\" ").mailbox(select.mailbox().text());
        if (!select.written().equals(select.mailbox().text())) {
            out.raw(" (\"OLDNAME\" (").mailbox(select.written()).raw("))");
        }
        out.crlf();
    }
}
