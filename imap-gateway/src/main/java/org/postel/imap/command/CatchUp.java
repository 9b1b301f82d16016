package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.Known;
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
     * What a change needs to be told of, so that the answer to it can tell what it led to; absent when the view must be read
     * anew.
     */
    static Optional<Known> known(MailboxView view) {
        return view.torn() ? Optional.empty() : Optional.of(Known.newBuilder()
                .setUidValidity(view.state().header().getUidValidity()).setModseq(view.state().modseq()).build());
    }

    /**
     * After an own change: takes what the answer to it told, or else reads what happened.
     *
     * @param modseq of the change; 0 when it changed nothing
     * @param told   absent when the answer could not tell
     * @param silent whether the client wants to hear nothing of the change
     */
    static void after(Conversation conversation, long modseq, Optional<ChangesChunk> told, boolean silent) throws IOException {
        MailboxView view = conversation.selected().view();
        if (told.isPresent() && apply(view, told.get(), silent ? modseq : 0)) {
            conversation.viewReached(view.state().modseq());
            return;
        }
        conversation.heard(view.mailboxId(), modseq);
        read(conversation, silent ? modseq : 0);
    }

    private static boolean apply(MailboxView view, ChangesChunk chunk, long silent) {
        try {
            view.apply(chunk, silent);
        } catch (IllegalStateException e) {
            LOG.warnf("the log of a mailbox does not fit its state, which is read anew: %s", e.getMessage());
        }
        return !view.torn();
    }

    /**
     * @param silent the MODSEQ of a change that the client wants to hear nothing of; 0 for none
     * @throws MailboxGoneException when the mailbox was deleted
     * @throws SessionEndedException when the session may read nothing any more
     */
    private static void read(Conversation conversation, long silent) throws IOException {
        if (!(conversation.state() instanceof SessionState.Selected selected)) {
            return;
        }
        MailboxView view = selected.view();
        Heard.Wanted wanted = conversation.wanted();
        try {
            if (view.torn() || !changes(conversation.mail(), selected, wanted, silent)) {
                reopen(conversation.mail(), selected);
            }
            conversation.viewReached(view.state().modseq());
            conversation.settleOwnWrites();
        } catch (MailboxServiceException e) {
            if (e.reason() == MailboxServiceException.Reason.NOT_FOUND) {
                throw new MailboxGoneException();
            }
            if (e.reason() == MailboxServiceException.Reason.UNAUTHENTICATED) {
                throw new SessionEndedException();
            }
            conversation.keepNews();
            throw e;
        }
    }

    /** Asks what happened since a state. */
    static ChangesRequest.Builder changes(ByteString mailboxId, MailboxState state, Heard.Wanted wanted) {
        MailboxHeader header = state.header();
        return ChangesRequest.newBuilder()
                .setMailboxId(mailboxId)
                .setUidValidity(header.getUidValidity())
                .setSinceModseq(state.modseq())
                .setUidNext(header.getUidNext())
                .setHeardModseq(wanted.modseq())
                .setNewest(wanted.newest());
    }

    private static boolean changes(Mail mail, SessionState.Selected selected, Heard.Wanted wanted, long silent) {
        MailboxView view = selected.view();
        ChangesRequest request = changes(view.mailboxId(), view.state(), wanted).setClaimRecent(!selected.readOnly()).build();
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
