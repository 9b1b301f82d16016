package org.postel.imap.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.SystemFlag;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.StoreRequest;
import org.postel.mailbox.api.v1.StoreResponse;
import org.postel.mailbox.api.v1.SummariesChunk;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.postel.mailbox.api.v1.SummaryRow;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** FETCH, RFC 3501 §6.4.5 and RFC 7162 §3.1.4: one message at a time, as fast as the client reads. */
final class FetchCommand {

    private static final Logger LOG = Logger.getLogger(FetchCommand.class);
    /** What took longer to fail is the store's trouble, and no other message's: the client need not wait for it twice. */
    private static final Duration QUICK = Duration.ofSeconds(1);
    /** So many are marked as seen together, before they are sent: what a broken connection leaves marked is bounded. */
    private static final int SEEN_BATCH = 50;

    private final Conversation conversation;
    private final boolean uid;
    private final ImapCommand.Fetch fetch;
    private final FetchedItems items;

    FetchCommand(Conversation conversation, ImapCommand.Fetch fetch) {
        this.conversation = conversation;
        this.fetch = fetch;
        this.uid = fetch.uid();
        this.items = FetchedItems.of(conversation, fetch);
    }

    Step run() throws IOException, Refused {
        SessionState.Selected selected = conversation.selected();
        MailboxView view = selected.view();
        if (fetch.modifiers().partial().isPresent()) {
            new MessageLimit(conversation).check(fetch.modifiers().partial().get().places());
        }
        RoaringBitmap targets = Targets.of(view, fetch.set(), uid);
        if (fetch.modifiers().vanished()) {
            new Resync(conversation, view).vanished(fetch);
        }
        fetch.modifiers().changedSince().ifPresent(modseq -> targets.and(view.changedSince(modseq)));
        fetch.modifiers().partial().ifPresent(page -> targets.and(Results.page(targets, page)));
        MessageLimit limit = new MessageLimit(conversation);
        targets.and(limit.cut(targets));
        boolean marks = !selected.readOnly() && items.markSeen();
        int sent;
        if (items.inView()) {
            sent = fromView(view, targets);
        } else if (marks) {
            sent = inBatches(view, targets);
        } else {
            sent = fromStore(view, targets, new RoaringBitmap());
        }
        // RFC 5530 §3: a message that another session removed has no answer.
        return new Step(selected, limit.told(sent == targets.getCardinality() ? Completion.ok("FETCH completed") : Replies.GONE));
    }

    private int fromView(MailboxView view, RoaringBitmap targets) throws IOException, Refused {
        FetchResponse response = new FetchResponse(conversation, view, items.all());
        for (IntIterator each = targets.getIntIterator(); each.hasNext();) {
            response.write(SummaryRow.newBuilder().setUid(each.next()).build(), false);
        }
        return targets.getCardinality();
    }

    private int inBatches(MailboxView view, RoaringBitmap targets) throws IOException, Refused {
        int sent = 0;
        RoaringBitmap batch = new RoaringBitmap();
        for (IntIterator each = targets.getIntIterator(); each.hasNext();) {
            batch.add(each.next());
            if (batch.getCardinality() == SEEN_BATCH || !each.hasNext()) {
                sent += fromStore(view, batch, markSeen(view, batch));
                batch = new RoaringBitmap();
            }
        }
        return sent;
    }

    /** Those that were unseen until now: their responses show the flag. */
    private RoaringBitmap markSeen(MailboxView view, RoaringBitmap batch) throws IOException {
        RoaringBitmap unseen = RoaringBitmap.andNot(view.present(batch), view.state().flag(SystemFlag.SEEN));
        if (!unseen.isEmpty()) {
            StoreRequest.Builder request = StoreRequest.newBuilder()
                    .setMailboxId(view.mailboxId())
                    .setUids(UidSet.toBytes(unseen))
                    .setAdd(Flags.newBuilder().addFlag(SystemFlag.SEEN));
            CatchUp.known(view).ifPresent(request::setKnown);
            StoreResponse stored;
            try {
                stored = conversation.mail().store(request.build());
            } catch (MailboxServiceException e) {
                if (e.reason() == MailboxServiceException.Reason.PERMISSION_DENIED) {
                    // RFC 4314 §4: another's mailbox without the right to mark as seen is read all the same.
                    return new RoaringBitmap();
                }
                throw e;
            }
            CatchUp.after(conversation, stored.getModseq(), stored.hasChanges() ? Optional.of(stored.getChanges()) : Optional.empty(), false);
        }
        return unseen;
    }

    private int fromStore(MailboxView view, RoaringBitmap targets, RoaringBitmap nowSeen) throws IOException, Refused {
        int sent = 0;
        if (targets.isEmpty()) {
            return sent;
        }
        if (items.wholeMessages()) {
            return wholeMessages(view, targets, nowSeen);
        }
        SummariesRequest request = items.summaries(view, targets);
        boolean lasting = KnownSummaries.lasting(request, targets);
        Optional<List<SummaryRow>> known = lasting && mayBeKnown(view, targets) ? conversation.knownSummaries().find(request, targets) : Optional.empty();
        FetchResponse response = new FetchResponse(conversation, view, items.all());
        if (known.isEmpty()) {
            return asked(request, lasting, response, nowSeen);
        }
        for (SummaryRow row : known.get()) {
            response.write(row, nowSeen.contains(row.getUid()));
        }
        return targets.getCardinality();
    }

    /**
     * Whether what is remembered of these messages may be sent: of what others let one see is asked at each call, as it is where the session
     * may have been withdrawn; and news may be that one is gone.
     */
    private boolean mayBeKnown(MailboxView view, RoaringBitmap targets) {
        return !conversation.selected().name().ofOtherUsers() && !conversation.heardNews() && !conversation.unproved()
                && RoaringBitmap.andNot(targets, view.state().uids()).isEmpty();
    }

    private int asked(SummariesRequest request, boolean lasting, FetchResponse response, RoaringBitmap nowSeen) throws IOException, Refused {
        List<SummaryRow> rows = new ArrayList<>();
        int sent = 0;
        try (Mail.Stream<SummariesChunk> chunks = conversation.mail().summaries(request)) {
            while (chunks.hasNext()) {
                for (SummaryRow row : chunks.next().getRowsList()) {
                    if (lasting) {
                        rows.add(row);
                    }
                    response.write(row, nowSeen.contains(row.getUid()));
                    sent++;
                }
            }
        }
        conversation.knownSummaries().keep(request, rows);
        return sent;
    }

    private int wholeMessages(MailboxView view, RoaringBitmap targets, RoaringBitmap nowSeen) throws IOException, Refused {
        // What others let one see is asked for at each call; and what else is known of a message may have to be made first.
        boolean alone = targets.getCardinality() == 1 && !conversation.selected().name().ofOtherUsers()
                && !items.made();
        return alone ? oneOfARow(view, targets.first(), nowSeen) : messages(view, targets, nowSeen);
    }

    private int messages(MailboxView view, RoaringBitmap targets, RoaringBitmap nowSeen) throws IOException, Refused {
        FetchResponse response = new FetchResponse(conversation, view, items.all());
        int sent = 0;
        try (MessagesReader messages = reader(view, targets)) {
            for (Optional<SummaryRow> row = messages.next(); row.isPresent(); row = messages.next()) {
                response.write(row.get(), nowSeen.contains(row.get().getUid()), Optional.of(messages.octets()));
                sent++;
            }
        }
        return sent;
    }

    private MessagesReader reader(MailboxView view, RoaringBitmap uids) {
        return new MessagesReader(conversation.mail().messages(items.messages(view, uids)));
    }

    /** A message that may be here already, or be read with those after it. */
    private int oneOfARow(MailboxView view, int uid, RoaringBitmap nowSeen) throws IOException, Refused {
        ReadAhead.Run run = conversation.fetchedInARow();
        // News may be that it was expunged.
        if (!view.state().uids().contains(uid) || conversation.heardNews()) {
            run.pass(uid);
            return messages(view, RoaringBitmap.bitmapOf(uid), nowSeen);
        }
        Optional<ReadAhead.Message> here = run.take(view.mailboxId(), uid);
        if (here.isPresent()) {
            new FetchResponse(conversation, view, items.all()).write(here.get().row(), nowSeen.contains(uid), Optional.of(here.get().octets().iterator()));
            return 1;
        }
        RoaringBitmap beside = run.beside(view, uid);
        if (!beside.isEmpty()) {
            long begun = System.nanoTime();
            try {
                return withThoseAfter(view, uid, beside, nowSeen);
            } catch (MailboxServiceException e) {
                run.inVain();
                if (System.nanoTime() - begun > QUICK.toNanos()) {
                    throw e;
                }
                // Perhaps for one that nobody asked for. Nothing was sent yet.
                LOG.debugf("messages are read one by one: %s", e.getMessage());
            }
        }
        return messages(view, RoaringBitmap.bitmapOf(uid), nowSeen);
    }

    private int withThoseAfter(MailboxView view, int uid, RoaringBitmap after, RoaringBitmap nowSeen) throws IOException, Refused {
        RoaringBitmap all = after.clone();
        all.add(uid);
        try (MessagesReader messages = reader(view, all)) {
            Optional<SummaryRow> first = messages.next().filter(row -> row.getUid() == uid);
            if (first.isEmpty()) {
                return 0;
            }
            new FetchResponse(conversation, view, items.all()).write(first.get(), nowSeen.contains(uid), Optional.of(messages.octets()));
            conversation.fetchedInARow().keep(messages);
            return 1;
        }
    }
}
