package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.postel.imap.session.ResponseSink;
import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.HeaderFilter;
import org.postel.imap.syntax.Section;
import org.postel.imap.syntax.SectionExtent;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.ContentChunk;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.SummaryRow;

/** Sections of one message, read as ranges and passed on as they come. */
final class MessageContent {

    private final Conversation conversation;
    private final ByteString mailboxId;
    private final SummaryRow row;
    private final Optional<Iterator<ByteString>> whole;
    private final ResponseSink to;

    /** @param whole all octets, if they are at hand and nobody read them yet */
    MessageContent(Conversation conversation, ByteString mailboxId, SummaryRow row, Optional<Iterator<ByteString>> whole) {
        this(conversation, mailboxId, row, whole, octets -> conversation.write(withoutNul(octets)));
    }

    /** @param to takes the octets as they are stored, piece by piece */
    MessageContent(Conversation conversation, ByteString mailboxId, SummaryRow row, Optional<Iterator<ByteString>> whole, ResponseSink to) {
        this.to = to;
        this.conversation = conversation;
        this.mailboxId = mailboxId;
        this.row = row;
        this.whole = whole;
    }

    /** Called once before the octets; without a size there are none, and NIL is meant. */
    interface Announce {
        void size(Optional<Long> octets) throws IOException;
    }

    /** Whether a section is of header fields that may be known beside the message: its content is not read then. */
    static boolean mayStandInRow(Section section) {
        return section.part().isEmpty() && section.kind() instanceof Section.Kind.Fields fields && !fields.not();
    }

    void write(Section section, Optional<FetchItem.Partial> partial, Announce announce) throws IOException {
        BodyPart body = row.getSummary().getBody();
        // Before a body there is an empty line; whether a message without one ends with it, only its content says.
        if (row.hasFields() && mayStandInRow(section) && body.getBodyEnd() > body.getBodyStart()) {
            fields((Section.Kind.Fields) section.kind(), row.getFields().toByteArray(), true, partial, announce);
            return;
        }
        Optional<SectionExtent> extent = SectionExtent.of(section, body, row.getSize());
        if (extent.isEmpty()) {
            announce.size(Optional.empty());
        } else if (section.kind() instanceof Section.Kind.Fields fields) {
            byte[] header = header(extent.get());
            fields(fields, header, header.length < extent.get().length(), partial, announce);
        } else {
            stream(partial.isPresent() ? extent.get().within(partial.get()) : extent.get(), announce);
        }
    }

    private void fields(Section.Kind.Fields fields, byte[] header, boolean emptyLine, Optional<FetchItem.Partial> partial, Announce announce)
            throws IOException {
        byte[] kept = new HeaderFilter(fields).apply(header, emptyLine);
        byte[] asked = partial.isPresent() ? cut(kept, partial.get()) : kept;
        announce.size(Optional.of((long) asked.length));
        to.accept(asked);
    }

    private static byte[] cut(byte[] octets, FetchItem.Partial partial) {
        SectionExtent extent = new SectionExtent(0, octets.length).within(partial);
        return Arrays.copyOfRange(octets, (int) extent.start(), (int) extent.end());
    }

    private byte[] header(SectionExtent extent) {
        // Fields past the limit are not looked at; RFC 5322 sets none, and this is far beyond what any mail needs.
        long length = Math.min(extent.length(), conversation.settings().header());
        ByteArrayOutputStream header = new ByteArrayOutputStream((int) length);
        if (length > 0) {
            try (Mail.Stream<ContentChunk> chunks = open(extent.start(), length)) {
                chunks.forEachRemaining(chunk -> header.writeBytes(chunk.getData().toByteArray()));
            }
        }
        return header.toByteArray();
    }

    private void stream(SectionExtent extent, Announce announce) throws IOException {
        if (extent.length() == 0) {
            announce.size(Optional.of(0L));
            return;
        }
        if (whole.isPresent() && extent.length() == row.getSize()) {
            copy(whole.get(), extent.length(), announce);
            return;
        }
        try (Mail.Stream<ContentChunk> chunks = open(extent.start(), extent.length())) {
            copy(new Octets(chunks), extent.length(), announce);
        }
    }

    private void copy(Iterator<ByteString> octets, long length, Announce announce) throws IOException {
        // A store that fails does so here, where it can still be said.
        boolean some = octets.hasNext();
        announce.size(Optional.of(length));
        long left = length;
        while (some && left > 0 && octets.hasNext()) {
            byte[] next = octets.next().toByteArray();
            left -= next.length;
            if (left >= 0) {
                to.accept(next);
            }
        }
        if (left != 0) {
            throw new BrokenLiteralException("content is " + left + " octets short");
        }
    }

    /**
     * RFC 3501 §4.3: a literal carries no NUL. Each becomes 0x80, which is no letter in any charset that knows NUL as one; BINARY
     * has the octets as they are.
     */
    private static byte[] withoutNul(byte[] octets) {
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == 0) {
                octets[i] = (byte) 0x80;
            }
        }
        return octets;
    }

    private record Octets(Mail.Stream<ContentChunk> chunks) implements Iterator<ByteString> {

        @Override
        public boolean hasNext() {
            return chunks.hasNext();
        }

        @Override
        public ByteString next() {
            return chunks.next().getData();
        }
    }

    private Mail.Stream<ContentChunk> open(long offset, long length) {
        return conversation.mail().content(ContentRequest.newBuilder()
                .setMailboxId(mailboxId).setUid(row.getUid()).setOffset(offset).setLength(length).build());
    }
}
