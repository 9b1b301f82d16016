package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.postel.imap.session.FetchNames;
import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.BodyStructureFormat;
import org.postel.imap.syntax.EnvelopeFormat;
import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.InternalDateFormat;
import org.postel.imap.syntax.ObjectId;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.Section;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.SummaryRow;

/** Writes {@code message-data} of FETCH, RFC 3501 §7.4.2, for one message after the other. */
final class FetchResponse {

    private final Conversation conversation;
    private final MailboxView view;
    private final List<FetchItem> items;
    private final boolean flagsAsked;
    private final boolean modseqAsked;
    private final boolean uidAsked;
    private final boolean binaryAsked;
    private final ResponseBuffer out = new ResponseBuffer();
    /** Whether something of the message is on its way to the client already. */
    private boolean begun;
    private Optional<Iterator<ByteString>> whole = Optional.empty();

    FetchResponse(Conversation conversation, MailboxView view, List<FetchItem> items) {
        this.conversation = conversation;
        this.view = view;
        this.items = items;
        this.flagsAsked = asks(FetchItem.Flags.class);
        this.modseqAsked = asks(FetchItem.ModSeq.class);
        this.uidAsked = asks(FetchItem.Uid.class);
        this.binaryAsked = asks(FetchItem.Binary.class) || asks(FetchItem.BinarySize.class);
    }

    private boolean asks(Class<? extends FetchItem> kind) {
        return items.stream().anyMatch(kind::isInstance);
    }

    void write(SummaryRow row, boolean showFlags) throws IOException, Refused {
        write(row, showFlags, Optional.empty());
    }

    /** @param octets the whole message, if it is at hand */
    void write(SummaryRow row, boolean showFlags, Optional<Iterator<ByteString>> octets) throws IOException, Refused {
        if (binaryAsked) {
            for (FetchItem item : items) {
                BinaryContent.check(item, row);
            }
        }
        whole = octets;
        out.take();
        begun = false;
        message(row.getUid());
        boolean first = true;
        for (FetchItem item : items) {
            if (!first) {
                out.sp();
            }
            first = false;
            item(item, row);
        }
        if (showFlags) {
            nowSeen(row.getUid());
        }
        // To a CONDSTORE-aware client flags without their MODSEQ are half the news: the whole follows.
        if (showFlags || flagsAsked && (modseqAsked || !conversation.condstoreAware())) {
            view.reported(row.getUid());
        }
        conversation.write(out.raw(")").crlf().take());
    }

    /** {@code nz-number SP "FETCH"}, or {@code uniqueid SP "UIDFETCH"} (RFC 9586 §3.2). */
    private void message(int uid) {
        if (conversation.dialect().numbers()) {
            out.raw("* ").number(view.numberOf(uid)).raw(" FETCH (");
        } else {
            out.raw("* ").number(Integer.toUnsignedLong(uid)).raw(" UIDFETCH (");
        }
    }

    /** The flags of a message that this very FETCH changed, with what goes with them (RFC 7162 §3.2.4). */
    private void nowSeen(int uid) {
        FetchNames named = conversation.fetchNames(false);
        if (!flagsAsked) {
            out.sp().raw("FLAGS ").flags(view.flagsOf(uid));
        }
        if (named.uid() && named.dialect().numbers() && !uidAsked) {
            out.sp().raw("UID ").number(Integer.toUnsignedLong(uid));
        }
        if (named.modseq() && !modseqAsked) {
            out.sp().raw("MODSEQ (").number(view.modseqOf(uid)).raw(")");
        }
    }

    private void item(FetchItem item, SummaryRow row) throws IOException {
        switch (item) {
            case FetchItem.Flags _ -> out.raw("FLAGS ").flags(view.flagsOf(row.getUid()));
            case FetchItem.Uid _ -> out.raw("UID ").number(Integer.toUnsignedLong(row.getUid()));
            case FetchItem.ModSeq _ -> out.raw("MODSEQ (").number(view.modseqOf(row.getUid())).raw(")");
            case FetchItem.EmailId _ -> out.raw("EMAILID (" + ObjectId.ofMessage(row.getMessageId()) + ")");
            // RFC 8474 §5.2: a server that keeps no threads says so.
            case FetchItem.ThreadId _ -> out.raw("THREADID NIL");
            case FetchItem.InternalDate _ -> out.raw("INTERNALDATE ")
                    .raw(InternalDateFormat.format(row.getInternalDate(), row.getInternalDateZone()));
            case FetchItem.SaveDate _ -> out.raw("SAVEDATE ").raw(InternalDateFormat.format(row.getSavedAt(), 0));
            case FetchItem.Size _ -> out.raw("RFC822.SIZE ").number(row.getSize());
            case FetchItem.Envelope _ -> EnvelopeFormat.write(out.raw("ENVELOPE "), row.getSummary().getEnvelope());
            case FetchItem.Structure structure -> BodyStructureFormat.write(
                    out.raw(structure.extended() ? "BODYSTRUCTURE " : "BODY "), row.getSummary().getBody(), structure.extended());
            case FetchItem.Preview _ -> preview(row);
            case FetchItem.Body body -> {
                out.raw("BODY[" + body.section().wire() + "]");
                body.partial().ifPresent(partial -> out.raw("<").number(partial.first()).raw(">"));
                content(row, body.section(), body.partial());
            }
            case FetchItem.Binary binary -> {
                out.raw("BINARY[" + binary.section().wire() + "]");
                binary.partial().ifPresent(partial -> out.raw("<").number(partial.first()).raw(">"));
                out.sp();
                unbroken(() -> binary(row, binary.section()).write(binary.partial(), this::announce));
            }
            case FetchItem.BinarySize size -> {
                out.raw("BINARY.SIZE[" + size.section().wire() + "] ");
                unbroken(() -> out.number(binary(row, size.section()).size()));
            }
            case FetchItem.Rfc822 old -> {
                out.raw(old.name());
                content(row, old.section(), Optional.empty());
            }
        }
    }

    private void content(SummaryRow row, Section section, Optional<FetchItem.Partial> partial) throws IOException {
        out.sp();
        boolean all = FetchedItems.whole(section) && partial.isEmpty();
        MessageContent content = new MessageContent(conversation, view.mailboxId(), row, all ? whole : Optional.empty());
        if (all) {
            // Read once: who asks twice gets it from the store.
            whole = Optional.empty();
        }
        unbroken(() -> content.write(section, partial, this::announce));
    }

    /** RFC 8970 §3.2: NIL is left to who said that it would not wait. */
    private void preview(SummaryRow row) {
        out.raw("PREVIEW ");
        if (row.getSummary().hasPreview()) {
            out.string(row.getSummary().getPreview());
        } else {
            out.nil();
        }
    }

    private BinaryContent binary(SummaryRow row, Section section) {
        return new BinaryContent(conversation, view.mailboxId(), row, section);
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** A store that fails where the answer is under way leaves nothing but to end the connection. */
    private void unbroken(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (MailboxServiceException e) {
            if (begun) {
                throw new BrokenLiteralException(e.getMessage());
            }
            throw e;
        }
    }

    /** As {@link #announce(Optional)}; octets with NUL among them go as {@code literal8} (RFC 3516 §4.3). */
    private void announce(Optional<Long> size, boolean nul) throws IOException {
        if (nul) {
            out.raw("~");
        }
        announce(size);
    }

    /** Sends what is in the buffer, and the size of the literal that follows it. */
    private void announce(Optional<Long> size) throws IOException {
        if (size.isEmpty()) {
            out.nil();
            return;
        }
        begun = true;
        conversation.write(out.raw("{").number(size.get()).raw("}").crlf().take());
    }
}
