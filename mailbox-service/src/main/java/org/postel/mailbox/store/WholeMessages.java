package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.MessagesRequest;
import org.postel.mailbox.api.v1.SummaryRow;

/** Reads messages with their content, one after the other: small ones share a chunk, large ones take several. */
public final class WholeMessages {

    /** Octets after which a chunk is sent. */
    private static final int CHUNK = 64 << 10;
    /** Contents that are read at once, just before they are written: a slow reader keeps few in memory. */
    private static final int TOGETHER = 16;

    private final MailboxStore store;
    private final MailboxReader reader;
    private final SummaryReader summaries;

    public WholeMessages(MailboxStore store, MailboxReader reader, SummaryReader summaries) {
        this.store = store;
        this.reader = reader;
        this.summaries = summaries;
    }

    /** In UID order; what is not there is left out. */
    public void messages(UUID account, MessagesRequest request, Consumer<MessagesChunk> to) {
        UUID mailbox = Uuids.of(request.getMailboxId());
        store.known(account, mailbox);
        Pieces pieces = new Pieces(to);
        Previews previews = new Previews(request.getPreview(), request.getPreviewMade(), summaries::preview);
        SummaryParts parts = previews.with(request.getEnvelope(), request.getBody(), false);
        summaries.inPortions(mailbox, Uuids.uids(request.getUids()), parts, some -> {
            for (int from = 0; from < some.size(); from += TOGETHER) {
                List<MessageCache.Entry> next = some.subList(from, Math.min(from + TOGETHER, some.size()));
                reader.fetchSmall(next.stream().map(MessageCache.Entry::row).toList());
                next.forEach(entry -> write(entry, previews.shown(entry, SummaryReader.row(entry, parts)), pieces));
            }
        });
        pieces.send();
    }

    private void write(MessageCache.Entry entry, SummaryRow row, Pieces pieces) {
        pieces.row(row);
        reader.octets(entry.row(), 0, Long.MAX_VALUE, pieces::octets);
        pieces.end();
    }

    private static final class Pieces {

        private final Consumer<MessagesChunk> to;
        private MessagesChunk.Builder chunk = MessagesChunk.newBuilder();
        private int size;
        /** Whether part of the message was sent. */
        private boolean begun;

        Pieces(Consumer<MessagesChunk> to) {
            this.to = to;
        }

        void row(SummaryRow row) {
            begun = false;
            add(MessagePiece.newBuilder().setRow(row).build());
        }

        void octets(ByteString octets) {
            add(MessagePiece.newBuilder().setData(octets).build());
        }

        private void add(MessagePiece piece) {
            chunk.addPieces(piece);
            size += piece.getSerializedSize();
            if (size >= CHUNK) {
                send();
                begun = true;
            }
        }

        /** The end of a message part of which was sent waits for nothing: that the next cannot be read must not break it. */
        void end() {
            if (begun) {
                send();
                begun = false;
            }
        }

        void send() {
            if (size > 0) {
                to.accept(chunk.build());
                chunk = MessagesChunk.newBuilder();
                size = 0;
            }
        }
    }
}
