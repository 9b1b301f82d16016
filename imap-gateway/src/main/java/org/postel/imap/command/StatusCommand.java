package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.StatusItem;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.StatusRequest;

/** STATUS, RFC 3501 §6.3.10, with HIGHESTMODSEQ of RFC 7162 §3.1.7. */
final class StatusCommand {

    private StatusCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Status status) throws IOException, Refused {
        Mailbox mailbox = Names.selectable(conversation, status.mailbox(), Replies.NO_SUCH_MAILBOX);
        MailboxHeader header = conversation.mail()
                .status(StatusRequest.newBuilder().addMailboxId(mailbox.getId()).build())
                .getHeadersList().stream().findFirst().orElseThrow(() -> new Refused(Replies.NO_SUCH_MAILBOX));
        // The client may take HIGHESTMODSEQ for what it knows: what it is told next must not be older.
        conversation.wantNewest();
        ResponseBuffer out = new ResponseBuffer().raw("* STATUS ").mailbox(mailbox.getName()).sp();
        out.list(status.items(), item -> out.raw(item.name()).sp().number(value(item, header)));
        conversation.write(out.crlf().take());
        return new Step(conversation.state(), Completion.ok("STATUS completed"));
    }

    private static long value(StatusItem item, MailboxHeader header) {
        return switch (item) {
            case MESSAGES -> header.getMessages();
            case UIDNEXT -> Integer.toUnsignedLong(header.getUidNext());
            case UIDVALIDITY -> Integer.toUnsignedLong(header.getUidValidity());
            case UNSEEN -> header.getUnseen();
            case HIGHESTMODSEQ -> header.getModseq();
            // As many UIDs as no session was shown yet; a few of them may have gone again.
            case RECENT -> Math.clamp(Integer.toUnsignedLong(header.getUidNext())
                    - Integer.toUnsignedLong(header.getRecentFrom()), 0, header.getMessages());
        };
    }
}
