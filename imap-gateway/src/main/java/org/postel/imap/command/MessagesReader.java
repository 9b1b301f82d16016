package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.postel.mailbox.api.v1.MessagePiece;
import org.postel.mailbox.api.v1.MessagesChunk;
import org.postel.mailbox.api.v1.SummaryRow;

/** Messages as they come from the store in one stream: the row of each, then its octets. */
final class MessagesReader implements AutoCloseable {

    private final Mail.Stream<MessagesChunk> chunks;
    private final Deque<MessagePiece> pieces = new ArrayDeque<>();

    MessagesReader(Mail.Stream<MessagesChunk> chunks) {
        this.chunks = chunks;
    }

    /** The row of the next message; octets of the last one that were not read are passed over. */
    Optional<SummaryRow> next() {
        while (peek().isPresent()) {
            MessagePiece piece = pieces.removeFirst();
            if (piece.hasRow()) {
                return Optional.of(piece.getRow());
            }
        }
        return Optional.empty();
    }

    /** The octets of the message whose row came last; to be read once. */
    Iterator<ByteString> octets() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return peek().filter(piece -> !piece.hasRow()).isPresent();
            }

            @Override
            public ByteString next() {
                return pieces.removeFirst().getData();
            }
        };
    }

    private Optional<MessagePiece> peek() {
        while (pieces.isEmpty() && chunks.hasNext()) {
            pieces.addAll(chunks.next().getPiecesList());
        }
        return Optional.ofNullable(pieces.peekFirst());
    }

    @Override
    public void close() {
        chunks.close();
    }
}
