package org.postel.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.Section;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.SummariesRequest;
import org.roaringbitmap.RoaringBitmap;

/**
 * The data items of a FETCH (RFC 3501 §6.4.5), and what mailbox-service is asked for their sake.
 *
 * @param all in the order of the answer
 */
record FetchedItems(List<FetchItem> all) {

    /** UID FETCH names the UID (RFC 3501 §6.4.8), which UIDFETCH begins with, and CHANGEDSINCE the MODSEQ (RFC 7162 §3.1.4.1), asked for or not. */
    static FetchedItems of(Conversation conversation, ImapCommand.Fetch fetch) {
        List<FetchItem> items = new ArrayList<>(fetch.items());
        if (fetch.uid() && conversation.dialect().numbers() && items.stream().noneMatch(FetchItem.Uid.class::isInstance)) {
            items.addFirst(new FetchItem.Uid());
        }
        if (fetch.modifiers().changedSince().isPresent() && items.stream().noneMatch(FetchItem.ModSeq.class::isInstance)) {
            items.add(new FetchItem.ModSeq());
        }
        return new FetchedItems(List.copyOf(items));
    }

    /** Whether the view knows all of them. */
    boolean inView() {
        return all.stream().allMatch(item -> item instanceof FetchItem.Flags || item instanceof FetchItem.Uid
                || item instanceof FetchItem.ModSeq || item instanceof FetchItem.ThreadId);
    }

    boolean markSeen() {
        return all.stream().anyMatch(FetchItem::marksSeen);
    }

    /** Whether one of them is a whole message. */
    boolean wholeMessages() {
        return all.stream().anyMatch(FetchedItems::isWholeMessage);
    }

    private static boolean isWholeMessage(FetchItem item) {
        boolean other = item instanceof FetchItem.Body body && body.partial().isPresent()
                || item instanceof FetchItem.Binary || item instanceof FetchItem.BinarySize;
        return !other && section(item).filter(FetchedItems::whole).isPresent();
    }

    /** Whether one of them may have to be made first. */
    boolean made() {
        return envelope() || structure() || preview();
    }

    SummariesRequest summaries(MailboxView view, RoaringBitmap uids) {
        return SummariesRequest.newBuilder()
                .setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(uids))
                .setEnvelope(envelope()).setBody(structure())
                .setPreview(preview()).setPreviewMade(previewMade())
                .addAllField(all.stream().flatMap(item -> section(item).stream())
                        .filter(MessageContent::mayStandInRow).flatMap(section -> section.names().stream()).distinct().toList())
                .build();
    }

    MessagesRequest messages(MailboxView view, RoaringBitmap uids) {
        return MessagesRequest.newBuilder()
                .setMailboxId(view.mailboxId()).setUids(UidSet.toBytes(uids))
                .setEnvelope(envelope()).setBody(structure())
                .setPreview(preview()).setPreviewMade(previewMade())
                .build();
    }

    private boolean envelope() {
        return all.stream().anyMatch(FetchItem.Envelope.class::isInstance);
    }

    private boolean structure() {
        return all.stream().anyMatch(item -> item instanceof FetchItem.Structure || section(item).filter(section -> !whole(section)).isPresent());
    }

    private boolean preview() {
        return all.stream().anyMatch(FetchItem.Preview.class::isInstance);
    }

    /** RFC 8970 §3.1: LAZY does not wait for it. */
    private boolean previewMade() {
        return all.stream().anyMatch(item -> item instanceof FetchItem.Preview preview && !preview.lazy());
    }

    private static Optional<Section> section(FetchItem item) {
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

    /** Whether a section is the whole of a message. */
    static boolean whole(Section section) {
        return section.part().isEmpty() && section.kind() instanceof Section.Kind.Whole;
    }
}
