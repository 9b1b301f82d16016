package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.NotifyEvent;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.StatusRequest;

/**
 * The mailboxes that a client watches beside the selected one, and what it was told of each: RFC 5465 §5. Holds the account's
 * names and one header for each mailbox watched, some 400 octets together.
 */
final class Elsewhere {

    private static final int HEADERS_IN_ONE_CALL = 1000;

    private final Conversation conversation;
    private final Watch watch;
    private final Map<ByteString, MailboxHeader> told = new HashMap<>();
    private MailboxTree tree;
    private Map<ByteString, Mailbox> watched;

    /** Reads where all that is watched stands; nothing is told. */
    Elsewhere(Conversation conversation, Watch watch) {
        this.conversation = conversation;
        this.watch = watch;
        take(conversation.mail().tree());
        headers(watched.keySet()).forEach(header -> told.put(header.getMailboxId(), header));
    }

    private void take(MailboxTree now) {
        tree = now;
        watched = now.getMailboxesList().stream().filter(mailbox -> !watch.messagesOf(mailbox).isEmpty())
                .collect(Collectors.toMap(Mailbox::getId, mailbox -> mailbox, (one, other) -> one, LinkedHashMap::new));
        told.keySet().retainAll(watched.keySet());
    }

    /** Whose each mailbox is that is watched and another's. */
    Map<ByteString, ByteString> owners() {
        return tree.getMailboxesList().stream().filter(mailbox -> !mailbox.getOwnerId().isEmpty())
                .filter(mailbox -> watched.containsKey(mailbox.getId()) || annotationsWanted(mailbox))
                .collect(Collectors.toMap(Mailbox::getId, Mailbox::getOwnerId));
    }

    private boolean annotationsWanted(Mailbox mailbox) {
        return MailboxRights.of(mailbox).has('r')
                && watch.wants(NotifyEvent.MAILBOX_METADATA_CHANGE, mailbox.getName(), mailbox.getSubscribed());
    }

    /** How many mailboxes there are to know about. */
    int size() {
        return tree.getMailboxesCount();
    }

    private List<MailboxHeader> headers(Collection<ByteString> mailboxes) {
        List<MailboxHeader> headers = new ArrayList<>();
        List<ByteString> left = List.copyOf(mailboxes);
        for (int from = 0; from < left.size(); from += HEADERS_IN_ONE_CALL) {
            headers.addAll(conversation.mail().status(StatusRequest.newBuilder()
                    .addAllMailboxId(left.subList(from, Math.min(left.size(), from + HEADERS_IN_ONE_CALL))).build()).getHeadersList());
        }
        return headers;
    }

    /** STATUS of each mailbox watched, but the selected one. */
    void describe() throws IOException {
        for (Mailbox mailbox : watched.values()) {
            MailboxHeader header = told.get(mailbox.getId());
            if (header != null && !selected(mailbox.getId())) {
                status(mailbox, header);
            }
        }
    }

    private boolean selected(ByteString mailboxId) {
        return conversation.state() instanceof SessionState.Selected selected && selected.view().mailboxId().equals(mailboxId);
    }

    /** The client knows where this mailbox stands: it had it selected. */
    void known(MailboxHeader header) {
        told.computeIfPresent(header.getMailboxId(), (id, before) -> header);
    }

    /**
     * Tells what happened in mailboxes.
     *
     * @return what has to be looked at again: the answer was older than what was heard
     */
    Map<ByteString, Long> tell(HeardElsewhere.Wanted wanted) throws IOException {
        annotations(wanted.annotations());
        Set<ByteString> changed = new LinkedHashSet<>(wanted.anything() ? watched.keySet() : wanted.modseqs().keySet());
        changed.removeIf(mailboxId -> selected(mailboxId) || !watched.containsKey(mailboxId));
        Map<ByteString, Long> again = new HashMap<>();
        for (MailboxHeader header : headers(changed)) {
            long heard = wanted.modseqs().getOrDefault(header.getMailboxId(), 0L);
            if (header.getModseq() < heard) {
                again.put(header.getMailboxId(), heard);
            }
            tell(watched.get(header.getMailboxId()), header);
        }
        return again;
    }

    /** RFC 5465 §5.6 and §5.7: of the selected mailbox too. */
    private void annotations(Map<ByteString, Set<String>> changed) throws IOException {
        if (changed.containsKey(ByteString.EMPTY) && watch.wantsAnywhere(NotifyEvent.SERVER_METADATA_CHANGE)) {
            annotated("", changed.get(ByteString.EMPTY));
        }
        for (Mailbox mailbox : changed.isEmpty() ? List.<Mailbox>of() : tree.getMailboxesList()) {
            if (!mailbox.getId().isEmpty() && changed.containsKey(mailbox.getId()) && annotationsWanted(mailbox)) {
                annotated(mailbox.getName(), changed.get(mailbox.getId()));
            }
        }
    }

    /** RFC 5464 §4.4.2: the names only. */
    private void annotated(String mailbox, Set<String> entries) throws IOException {
        ResponseBuffer out = conversation.response().raw("* METADATA ").mailbox(mailbox);
        entries.forEach(entry -> out.sp().astring(entry));
        conversation.write(out.crlf().take());
    }

    /** Tells what happened to names, and looks from here on at the mailboxes that there are now. */
    void names() throws IOException {
        MailboxTree now = conversation.mail().tree();
        for (TreeNews.Line line : new TreeNews(watch, tree, now).lines()) {
            conversation.write(line.on(conversation.response()));
        }
        take(now);
    }

    private void tell(Mailbox mailbox, MailboxHeader header) throws IOException {
        MailboxHeader before = told.getOrDefault(header.getMailboxId(), MailboxHeader.getDefaultInstance());
        boolean messages = header.getMessages() != before.getMessages() || header.getUidNext() != before.getUidNext()
                || header.getUidValidity() != before.getUidValidity();
        boolean flags = header.getModseq() != before.getModseq() && watch.messagesOf(mailbox).contains(NotifyEvent.FLAG_CHANGE);
        told.put(header.getMailboxId(), header);
        if (messages || flags) {
            status(mailbox, header);
        }
    }

    /** More than RFC 5465 §5 asks for in each case: what a STATUS command would be sent for. */
    private void status(Mailbox mailbox, MailboxHeader header) throws IOException {
        // The client may take HIGHESTMODSEQ for what it knows.
        conversation.wantNewest();
        boolean flags = watch.messagesOf(mailbox).contains(NotifyEvent.FLAG_CHANGE);
        ResponseBuffer out = conversation.response().raw("* STATUS ").mailbox(mailbox.getName())
                .raw(" (MESSAGES ").number(header.getMessages())
                .raw(" UIDNEXT ").number(Integer.toUnsignedLong(header.getUidNext()))
                .raw(" UIDVALIDITY ").number(Integer.toUnsignedLong(header.getUidValidity()));
        if (flags) {
            out.raw(" UNSEEN ").number(header.getUnseen());
        }
        if (flags || conversation.condstoreAware()) {
            out.raw(" HIGHESTMODSEQ ").number(header.getModseq());
        }
        conversation.write(out.raw(")").crlf().take());
    }
}
