package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.EnumSet;
import org.jboss.logging.Logger;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.OpenRequest;
import org.postel.mailbox.api.v1.SnapshotChunk;

/** Brings the view of the selected mailbox up to date: reads what happened since its MODSEQ. */
final class CatchUp {

    private static final Logger LOG = Logger.getLogger(CatchUp.class);

    private CatchUp() {
    }

    /** Reads a mailbox whole. */
    static MailboxState open(Mail mail, ByteString mailboxId, boolean claimRecent) {
        OpenRequest request = OpenRequest.newBuilder().setMailboxId(mailboxId).setClaimRecent(claimRecent).build();
        MailboxState state = new MailboxState(EnumSet.noneOf(MailboxState.Column.class));
        try (Mail.Stream<SnapshotChunk> chunks = mail.open(request)) {
            chunks.forEachRemaining(state::fold);
        }
        return state;
    }

    /** Reads what happened, if a mailbox is selected. */
    static void read(Conversation conversation) throws IOException {
        read(conversation, 0);
    }

    /**
     * The same after an own change.
     *
     * @param silent the MODSEQ of the change that the client wants to hear nothing of; 0 for none
     * @throws MailboxGoneException when the mailbox was deleted
     */
    static void read(Conversation conversation, long silent) throws IOException {
        if (!(conversation.state() instanceof SessionState.Selected selected)) {
            return;
        }
        conversation.takeNews();
        try {
            if (selected.view().torn() || !apply(conversation.mail(), selected, silent)) {
                reopen(conversation.mail(), selected);
            }
            conversation.settleOwnWrites();
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.NOT_FOUND) {
                throw new MailboxGoneException();
            }
            conversation.keepNews();
            throw e;
        }
    }

    private static boolean apply(Mail mail, SessionState.Selected selected, long silent) {
        MailboxView view = selected.view();
        MailboxHeader header = view.state().header();
        ChangesRequest request = ChangesRequest.newBuilder()
                .setMailboxId(view.mailboxId())
                .setUidValidity(header.getUidValidity())
                .setSinceModseq(view.state().modseq())
                .setUidNext(header.getUidNext())
                .setClaimRecent(!selected.readOnly())
                .build();
        try (Mail.Stream<ChangesChunk> chunks = mail.changes(request)) {
            while (chunks.hasNext()) {
                ChangesChunk chunk = chunks.next();
                if (chunk.getReopen()) {
                    return false;
                }
                view.apply(chunk, silent);
            }
        } catch (IllegalStateException e) {
            LOG.warnf("the log of a mailbox does not fit its state, which is read anew: %s", e.getMessage());
        }
        return !view.torn();
    }

    private static void reopen(Mail mail, SessionState.Selected selected) throws MailboxGoneException {
        MailboxView view = selected.view();
        MailboxState fresh = open(mail, view.mailboxId(), !selected.readOnly());
        if (fresh.header().getUidValidity() != view.state().header().getUidValidity()) {
            throw new MailboxGoneException();
        }
        view.replace(fresh);
    }
}
