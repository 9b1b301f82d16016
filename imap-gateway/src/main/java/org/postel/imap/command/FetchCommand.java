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
import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.Section;
import org.postel.imap.syntax.SystemFlag;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.Flags;
import org.postel.mailbox.api.v1.MessagesRequest;
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
    private final List<FetchItem> items;

    FetchCommand(Conversation conversation, ImapCommand.Fetch fetch) {
        this.conversation = conversation;
        this.fetch = fetch;
        this.uid = fetch.uid();
        this.items = items(conversation, fetch);
    }

    /** UID FETCH names the UID (RFC 3501 §6.4.8), which UIDFETCH begins with, and CHANGEDSINCE the MODSEQ (RFC 7162 §3.1.4.1), asked for or not. */
    private static List<FetchItem> items(Conversation conversation, ImapCommand.Fetch fetch) {
        List<FetchItem> items = new ArrayList<>(fetch.items());
        if (fetch.uid() && conversation.dialect().numbers() && items.stream().noneMatch(FetchItem.Uid.class::isInstance)) {
            items.addFirst(new FetchItem.Uid());
        }
        if (fetch.modifiers().changedSince().isPresent() && items.stream().noneMatch(FetchItem.ModSeq.class::isInstance)) {
            items.add(new FetchItem.ModSeq());
        }
        return items;
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
        boolean marks = !selected.readOnly() && items.stream().anyMatch(FetchItem::marksSeen);
        int sent;
        if (items.stream().allMatch(FetchCommand::known)) {
            sent = fromView(view, targets);
        } else if (marks) {
            sent = inBatches(view, targets);
        } else {
            sent = fromStore(view, targets, new RoaringBitmap());
        }
        // RFC 5530 §3: a message that another session removed has no answer.
        return new Step(selected, limit.told(sent == targets.getCardinality() ? Completion.ok("FETCH completed") : Replies.GONE));
    }

    /** Whether the view knows it. */
    private static boolean known(FetchItem item) {
        return item instanceof FetchItem.Flags || item instanceof FetchItem.Uid || item instanceof FetchItem.ModSeq
                || item instanceof FetchItem.ThreadId;
    }

    private int fromView(MailboxView view, RoaringBitmap targets) throws IOException, Refused {
        FetchResponse response = new FetchResponse(conversation, view, items);
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
        if (items.stream().anyMatch(FetchCommand::asksForAll)) {
            return wholeMessages(view, targets, nowSeen);
        }
        FetchResponse response = new FetchResponse(conversation, view, items);
        try (Mail.Stream<SummariesChunk> chunks = conversation.mail().summaries(request(view, targets))) {
            while (chunks.hasNext()) {
                for (SummaryRow row : chunks.next().getRowsList()) {
                    response.write(row, nowSeen.contains(row.getUid()));
                    sent++;
                }
            }
        }
        return sent;
    }

    private int wholeMessages(MailboxView view, RoaringBitmap targets, RoaringBitmap nowSeen) throws IOException, Refused {
        // What others let one see is asked for at each call; and what else is known of a message may have to be made first.
        boolean alone = targets.getCardinality() == 1 && !conversation.selected().name().ofOtherUsers()
                && !asksForEnvelope() && !asksForStructure() && !asksForPreview();
        return alone ? oneOfARow(view, targets.first(), nowSeen) : messages(view, targets, nowSeen);
    }

    private int messages(MailboxView view, RoaringBitmap targets, RoaringBitmap nowSeen) throws IOException, Refused {
        FetchResponse response = new FetchResponse(conversation, view, items);
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
        return new MessagesReader(conversation.mail().messages(MessagesRequest.newBuilder()
                .setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(uids))
                .setEnvelope(asksForEnvelope()).setBody(asksForStructure())
                .setPreview(asksForPreview()).setPreviewMade(waitsForPreview()).build()));
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
            new FetchResponse(conversation, view, items).write(here.get().row(), nowSeen.contains(uid), Optional.of(here.get().octets().iterator()));
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
            new FetchResponse(conversation, view, items).write(first.get(), nowSeen.contains(uid), Optional.of(messages.octets()));
            conversation.fetchedInARow().keep(messages);
            return 1;
        }
    }

    private static boolean asksForAll(FetchItem item) {
        boolean other = item instanceof FetchItem.Body body && body.partial().isPresent()
                || item instanceof FetchItem.Binary || item instanceof FetchItem.BinarySize;
        return !other && section(item).filter(FetchCommand::whole).isPresent();
    }

    private SummariesRequest request(MailboxView view, RoaringBitmap targets) {
        return SummariesRequest.newBuilder()
                .setMailboxId(view.mailboxId())
                .setUids(UidSet.toBytes(targets))
                .setEnvelope(asksForEnvelope())
                .setBody(asksForStructure())
                .setPreview(asksForPreview())
                .setPreviewMade(waitsForPreview())
                .addAllField(items.stream().flatMap(item -> section(item).stream())
                        .filter(MessageContent::mayStandInRow).flatMap(section -> section.names().stream()).distinct().toList())
                .build();
    }

    private boolean asksForPreview() {
        return items.stream().anyMatch(FetchItem.Preview.class::isInstance);
    }

    private boolean waitsForPreview() {
        return items.stream().anyMatch(item -> item instanceof FetchItem.Preview preview && !preview.lazy());
    }

    private boolean asksForEnvelope() {
        return items.stream().anyMatch(FetchItem.Envelope.class::isInstance);
    }

    private boolean asksForStructure() {
        return items.stream().anyMatch(FetchCommand::needsStructure);
    }

    private static boolean needsStructure(FetchItem item) {
        return item instanceof FetchItem.Structure
                || section(item).filter(section -> !whole(section)).isPresent();
    }

    static Optional<Section> section(FetchItem item) {
        return switch (item) {
            case FetchItem.Body body -> Optional.of(body.section());
            case FetchItem.Binary binary -> Optional.of(binary.section());
            case FetchItem.BinarySize size -> Optional.of(size.section());
            case FetchItem.Rfc822 old -> Optional.of(old.section());
            case FetchItem.Flags _, FetchItem.Uid _, FetchItem.ModSeq _, FetchItem.EmailId _, FetchItem.ThreadId _,
                    FetchItem.InternalDate _, FetchItem.Size _, FetchItem.SaveDate _, FetchItem.Envelope _, FetchItem.Structure _,
                    FetchItem.Preview _ -> Optional.empty();
        };
    }

    static boolean whole(Section section) {
        return section.part().isEmpty() && section.kind() instanceof Section.Kind.Whole;
    }
}
