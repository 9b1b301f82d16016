package org.postel.imap.command;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ObjectId;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.StatusItem;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;
import org.postel.mailbox.api.v1.StatusRequest;
import org.roaringbitmap.RoaringBitmap;

/** STATUS, RFC 3501 §6.3.10, with the items that {@link StatusItem} names. */
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
        write(conversation, mailbox, header, status.items());
        return new Step(conversation.state(), Completion.ok("STATUS completed"));
    }

    /** The untagged response, also for LIST. */
    static void write(Conversation conversation, Mailbox mailbox, MailboxHeader header, Set<StatusItem> items) throws IOException {
        ResponseBuffer out = conversation.response().raw("* STATUS ").mailbox(mailbox.getName()).sp();
        long deletedStorage = items.contains(StatusItem.DELETED_STORAGE) ? deletedStorage(conversation, header) : 0;
        out.list(items, item -> {
            out.raw(item.wire()).sp();
            switch (item) {
                case MAILBOXID -> out.raw("(" + ObjectId.ofMailbox(mailbox.getId()) + ")");
                case APPENDLIMIT -> out.number(conversation.settings().message());
                case DELETED_STORAGE -> out.number(deletedStorage);
                default -> out.number(value(item, header));
            }
        });
        conversation.write(out.crlf().take());
    }

    private static long value(StatusItem item, MailboxHeader header) {
        return switch (item) {
            case MESSAGES -> header.getMessages();
            case UIDNEXT -> Integer.toUnsignedLong(header.getUidNext());
            case UIDVALIDITY -> Integer.toUnsignedLong(header.getUidValidity());
            case UNSEEN -> header.getUnseen();
            case HIGHESTMODSEQ -> header.getModseq();
            case SIZE -> header.getBytes();
            case DELETED -> header.getDeleted();
            // As many UIDs as no session was shown yet; a few of them may have gone again.
            case RECENT -> Math.clamp(Integer.toUnsignedLong(header.getUidNext())
                    - Integer.toUnsignedLong(header.getRecentFrom()), 0, header.getMessages());
            case MAILBOXID, APPENDLIMIT, DELETED_STORAGE -> throw new IllegalArgumentException(item + " is not in the header");
        };
    }

    /** No header has it, and it is asked for rarely: read from the whole state, where anything is marked at all. */
    private static long deletedStorage(Conversation conversation, MailboxHeader header) {
        if (header.getDeleted() == 0) {
            return 0;
        }
        MailboxState state = new MailboxState(EnumSet.of(MailboxState.Column.SIZE));
        try (Mail.Stream<SnapshotChunk> chunks = conversation.mail().open(
                OpenRequest.newBuilder().setMailboxId(header.getMailboxId()).setSizes(true).build())) {
            chunks.forEachRemaining(state::fold);
        }
        RoaringBitmap deleted = RoaringBitmap.and(state.uids(), state.flag(MailboxState.DELETED));
        return deleted.stream().mapToLong(state::size).sum();
    }
}
