package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.FetchItem;
import org.postel.imap.syntax.Section;
import org.postel.imap.syntax.SectionExtent;
import org.postel.mail.mime.PartText;
import org.postel.mailbox.api.v1.BodyPart;
import org.postel.mailbox.api.v1.ContentRequest;
import org.postel.mailbox.api.v1.SummaryRow;

/**
 * A part without its transfer encoding: RFC 9051 §6.4.5, RFC 3516. Decoded as it is read. What is short is read once; else the
 * size is found in a first pass, for it comes before the octets, and a second one sends them. The message as a whole has no
 * encoding: {@code BINARY[]} is its octets.
 */
final class BinaryContent {

    /** Octets that are kept from the first pass. */
    private static final int KEPT = 64 << 10;
    private static final Completion UNKNOWN = Completion.no("UNKNOWN-CTE", "The encoding of a part is not known here");

    private final Conversation conversation;
    private final ByteString mailboxId;
    private final SummaryRow row;
    private final Optional<SectionExtent> extent;
    private final String encoding;

    BinaryContent(Conversation conversation, ByteString mailboxId, SummaryRow row, Section section) {
        this.conversation = conversation;
        this.mailboxId = mailboxId;
        this.row = row;
        this.extent = SectionExtent.of(section, row.getSummary().getBody(), row.getSize());
        this.encoding = encoding(section, row);
    }

    private static String encoding(Section section, SummaryRow row) {
        return section.part().isEmpty() ? "" : SectionExtent.part(section, row.getSummary().getBody())
                .map(BodyPart::getEncoding).orElse(ByteString.EMPTY).toStringUtf8();
    }

    /** Before anything of the message is sent: RFC 3516 §4.3 fails the request. */
    static void check(FetchItem item, SummaryRow row) throws Refused {
        Optional<Section> section = switch (item) {
            case FetchItem.Binary binary -> Optional.of(binary.section());
            case FetchItem.BinarySize size -> Optional.of(size.section());
            default -> Optional.empty();
        };
        if (section.isPresent() && PartText.decoded(encoding(section.get(), row), InputStream.nullInputStream()).isEmpty()) {
            throw new Refused(UNKNOWN);
        }
    }

    /** Called once before the octets; without a size there are none, and NIL is meant. */
    interface Announce {
        /** @param nul whether there is a NUL among them */
        void size(Optional<Long> octets, boolean nul) throws IOException;
    }

    /**
     * What the first pass found.
     *
     * @param octets all of them, if they were few
     */
    private record Measured(long size, boolean nul, Optional<byte[]> octets) {
    }

    /** Octets; 0 where there is no such part. */
    long size() throws IOException {
        return extent.isEmpty() ? 0 : measure(0, Long.MAX_VALUE).size;
    }

    void write(Optional<FetchItem.Partial> partial, Announce announce) throws IOException {
        if (extent.isEmpty()) {
            announce.size(Optional.empty(), false);
            return;
        }
        long first = partial.map(FetchItem.Partial::first).orElse(0L);
        Measured measured = measure(first, partial.map(FetchItem.Partial::length).orElse(Long.MAX_VALUE));
        announce.size(Optional.of(measured.size), measured.nul);
        if (measured.octets.isPresent()) {
            conversation.write(measured.octets.get());
        } else {
            send(first, measured.size);
        }
    }

    private Measured measure(long first, long most) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long size = 0;
        boolean nul = false;
        try (InputStream octets = open()) {
            skip(octets, first);
            byte[] piece = new byte[KEPT / 4];
            for (int count = next(octets, piece, most); count > 0; count = next(octets, piece, most - size)) {
                size += count;
                nul = nul || contains(piece, count);
                if (size <= KEPT) {
                    kept.write(piece, 0, count);
                }
            }
        }
        return new Measured(size, nul, size <= KEPT ? Optional.of(kept.toByteArray()) : Optional.empty());
    }

    private void send(long first, long size) throws IOException {
        long left = size;
        try (InputStream octets = open()) {
            skip(octets, first);
            while (left > 0) {
                byte[] piece = new byte[KEPT / 4];
                int count = next(octets, piece, left);
                if (count <= 0) {
                    throw new BrokenLiteralException("content is " + left + " octets short");
                }
                left -= count;
                conversation.write(count == piece.length ? piece : Arrays.copyOf(piece, count));
            }
        }
    }

    private static int next(InputStream octets, byte[] piece, long most) throws IOException {
        return most <= 0 ? 0 : octets.read(piece, 0, (int) Math.min(piece.length, most));
    }

    private static void skip(InputStream octets, long count) throws IOException {
        byte[] piece = new byte[KEPT / 4];
        long left = count;
        for (int read = next(octets, piece, left); read > 0; read = next(octets, piece, left)) {
            left -= read;
        }
    }

    private static boolean contains(byte[] piece, int count) {
        for (int i = 0; i < count; i++) {
            if (piece[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private InputStream open() {
        SectionExtent octets = extent.orElseThrow();
        if (octets.length() == 0) {
            return InputStream.nullInputStream();
        }
        InputStream body = new ContentStream(conversation.mail().content(ContentRequest.newBuilder()
                .setMailboxId(mailboxId).setUid(row.getUid()).setOffset(octets.start()).setLength(octets.length()).build()));
        return PartText.decoded(encoding, body).orElseThrow();
    }
}
