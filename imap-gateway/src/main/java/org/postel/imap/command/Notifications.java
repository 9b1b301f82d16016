package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.FetchModifiers;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.NotifyEvent;
import org.postel.imap.syntax.SequenceSet;
import org.postel.mailbox.api.MailboxServiceException;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a session's client asked for with NOTIFY (RFC 5465), and telling it. Without a NOTIFY nothing here does anything, and a
 * session tells what RFC 3501 §7 has. What the client did itself is told like what others did, which RFC 5465 §5 leaves open.
 */
final class Notifications {

    private static final Logger LOG = Logger.getLogger(Notifications.class);

    /** How soon it is tried again to tell what could not be told yet. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Conversation conversation;
    private final HeardElsewhere heard = new HeardElsewhere();
    private Optional<Watch> watch = Optional.empty();
    private Optional<Elsewhere> elsewhere = Optional.empty();
    /** Of messages above this UID the client was not told what it asked for; unsigned. */
    private long fetched;

    Notifications(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Told on any thread. */
    HeardElsewhere heard() {
        return heard;
    }

    /** Whether a NOTIFY came. */
    boolean asked() {
        return watch.isPresent();
    }

    /** Whether the client wants to hear of the selected mailbox what others do there. */
    boolean wantsSelected() {
        return watch.isEmpty() || !watch.get().selected().isEmpty();
    }

    /** Whether FETCH responses that nobody asked for carry the UID (RFC 5465 §5.1). */
    boolean namesUids() {
        return watch.isPresent();
    }

    /**
     * From here on this counts, and nothing that was asked for before.
     *
     * @return false when there are too many mailboxes: then nothing has changed
     */
    boolean watch(Watch next) {
        // Before it is read where things stand: nothing that happens meanwhile is missed.
        heard.listen(true);
        try {
            Optional<Elsewhere> others = next.elsewhere() ? Optional.of(new Elsewhere(conversation, next)) : Optional.empty();
            boolean few = others.filter(this::tooMany).isEmpty();
            if (few) {
                set(next, others);
            }
            return few;
        } finally {
            heard.listen(elsewhere.isPresent());
        }
    }

    private boolean tooMany(Elsewhere others) {
        return others.size() > conversation.settings().extensions().notifyMailboxes();
    }

    private void set(Watch next, Optional<Elsewhere> others) {
        watch = Optional.of(next);
        elsewhere = others;
        listenToOthers();
        entered(conversation.state());
    }

    private void listenToOthers() {
        Map<ByteString, ByteString> owners = elsewhere.map(Elsewhere::owners).orElse(Map.of());
        conversation.watchOwners(Set.copyOf(owners.values()));
        heard.ofOthers(owners.keySet());
    }

    /** Tells where everything that is watched beside the selected mailbox stands. */
    void describe() throws IOException {
        if (elsewhere.isPresent()) {
            elsewhere.get().describe();
        }
    }

    /** The session moved on: in another mailbox everything that is there has been told. */
    void entered(SessionState next) {
        if (watch.isPresent() && next instanceof SessionState.Selected selected) {
            RoaringBitmap uids = selected.view().uids();
            fetched = uids.isEmpty() ? 0 : Integer.toUnsignedLong(uids.last());
            selected.view().tellFlags(watch.get().selected().contains(NotifyEvent.FLAG_CHANGE));
        }
    }

    /** The session leaves this mailbox, and knows where it stands. */
    void left(MailboxView view) {
        elsewhere.ifPresent(others -> others.known(view.state().header()));
        // What happened since the view was read was news of the selected mailbox, and perhaps not wanted then.
        heard.committed(view.mailboxId(), 0);
    }

    /**
     * Tells everything there is, while no command runs.
     *
     * @param look whether the selected mailbox is looked at though nothing was heard of it
     */
    void tell(boolean look) throws IOException {
        if (watch.isEmpty()) {
            return;
        }
        if (conversation.state() instanceof SessionState.Selected selected && wantsSelected()) {
            if (look || conversation.hasNews()) {
                read();
            }
            Reporting.tell(conversation, selected.view(), watch.get().expungesAtOnce(), conversation.fetchNames(false));
        }
        tellMore();
    }

    private void read() throws IOException {
        try {
            CatchUp.read(conversation);
        } catch (MailboxServiceException e) {
            LOG.debugf("news is read later: %s", e.getMessage());
        }
    }

    /** Tells what IDLE alone does not. */
    void tellMore() throws IOException {
        if (watch.isEmpty()) {
            return;
        }
        try {
            if (conversation.state() instanceof SessionState.Selected selected && !watch.get().fetch().isEmpty()) {
                fetchNew(selected.view());
            }
            if (elsewhere.isPresent() && heard.isNews()) {
                tellElsewhere(elsewhere.get());
            }
        } catch (MailboxServiceException e) {
            LOG.debugf("told later: %s", e.getMessage());
        }
    }

    /** What was asked for of each message that came since the last time: RFC 5465 §5.2. */
    private void fetchNew(MailboxView view) throws IOException {
        RoaringBitmap arrived = view.present(view.uids());
        arrived.remove(0L, fetched + 1);
        int most = conversation.settings().extensions().messageLimit().orElse(Integer.MAX_VALUE);
        while (!arrived.isEmpty()) {
            // Of more than a limit FETCH answers some, and who did not send it is not told where to go on (RFC 9738 §3).
            RoaringBitmap some = arrived.limit(most);
            fetch(some);
            fetched = Integer.toUnsignedLong(some.last());
            arrived.andNot(some);
        }
    }

    private void fetch(RoaringBitmap uids) throws IOException {
        try {
            new FetchCommand(conversation, new ImapCommand.Fetch(true, set(uids), watch.orElseThrow().fetch(), FetchModifiers.NONE)).run();
        } catch (Refused e) {
            LOG.debugf("new messages were not fetched: %s", e.reply().text());
        }
    }

    private static SequenceSet set(RoaringBitmap uids) {
        List<SequenceSet.Range> ranges = new ArrayList<>();
        for (IntIterator each = uids.getIntIterator(); each.hasNext();) {
            long uid = Integer.toUnsignedLong(each.next());
            ranges.add(new SequenceSet.Range(uid, uid));
        }
        return new SequenceSet(ranges);
    }

    private void tellElsewhere(Elsewhere others) throws IOException {
        HeardElsewhere.Wanted wanted = heard.take();
        try {
            if (wanted.anything()) {
                others.names();
                listenToOthers();
            }
            if (tooMany(others)) {
                overflow();
                return;
            }
            others.tell(wanted).forEach(heard::committed);
        } catch (MailboxServiceException e) {
            heard.putBack(wanted);
            throw e;
        }
    }

    /** RFC 5465 §5.8. */
    private void overflow() throws IOException {
        heard.listen(false);
        set(Watch.NOTHING, Optional.empty());
        conversation.untagged(Completion.ok("NOTIFICATIONOVERFLOW", "Too many mailboxes to be watched"));
    }

    /** Whether something could not be told yet, and nothing but time will bring it. */
    boolean owes() {
        return heard.isNews();
    }

    /** How long to wait at most before the client is looked after again. */
    Duration poll() {
        return owes() ? AGAIN : conversation.settings().idlePoll();
    }
}
