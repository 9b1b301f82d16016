package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.session.Account;
import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.MailboxName;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxState;
import org.postel.mailbox.api.v1.ChangesChunk;
import org.postel.mailbox.api.v1.ChangesRequest;
import org.postel.mailbox.api.v1.Mailbox;

/** Opens a mailbox by name: one that was left of late with one call for what changed, else by its names and its whole state. */
final class Opening {

    private static final Logger LOG = Logger.getLogger(Opening.class);

    private final Conversation conversation;
    private final LeftMailboxes left;
    private final Account account;
    private final boolean claimRecent;
    private MailboxRights rights = new MailboxRights(MailboxRights.ALL);

    Opening(Conversation conversation, LeftMailboxes left, Account account, boolean claimRecent) {
        this.conversation = conversation;
        this.left = left;
        this.account = account;
        this.claimRecent = claimRecent;
    }

    /** What the account may do with the mailbox that was opened. */
    MailboxRights rights() {
        return rights;
    }

    MailboxView open(MailboxName name) throws Refused {
        if (name.ofOtherUsers()) {
            // What was left of another's mailbox would not tell what may be done with it now.
            return anew(name);
        }
        Optional<LeftMailboxes.Left> before = left.find(account.id(), name.text());
        Optional<MailboxView> view = before.flatMap(it -> continued(it, name));
        if (view.isPresent()) {
            return view.get();
        }
        left.forget(account.id(), name.text());
        return anew(name);
    }

    private MailboxView anew(MailboxName name) throws Refused {
        Mailbox mailbox = Names.selectable(conversation, name, Replies.NO_SUCH_MAILBOX);
        rights = MailboxRights.of(mailbox);
        conversation.follow(mailbox.getId(), mailbox.getOwnerId());
        return opened(new MailboxView(mailbox.getId(), CatchUp.open(conversation.mail(), mailbox.getId(), claimRecent)));
    }

    private MailboxView opened(MailboxView view) {
        conversation.viewReached(view.state().modseq());
        conversation.settleOwnWrites();
        return view;
    }

    /** Empty when it has to be opened anew. */
    private Optional<MailboxView> continued(LeftMailboxes.Left before, MailboxName name) {
        conversation.follow(before.mailboxId(), ByteString.EMPTY);
        MailboxState state = before.state().copy();
        ChangesRequest request = CatchUp.changes(before.mailboxId(), state, conversation.wanted())
                .setClaimRecent(claimRecent).setName(name.text()).build();
        try (Mail.Stream<ChangesChunk> chunks = conversation.mail().changes(request)) {
            boolean whole = false;
            while (chunks.hasNext()) {
                ChangesChunk chunk = chunks.next();
                if (chunk.getReopen()) {
                    return Optional.empty();
                }
                state.apply(chunk);
                whole = chunk.hasHeader();
            }
            return whole ? Optional.of(opened(new MailboxView(before.mailboxId(), state))) : Optional.empty();
        } catch (MailboxServiceException e) {
            if (e.reason() != MailboxServiceException.Reason.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        } catch (IllegalStateException e) {
            LOG.warnf("the log of a mailbox does not fit the state it was left in: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
