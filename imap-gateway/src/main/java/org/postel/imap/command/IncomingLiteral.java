package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.wire.BareLineEndException;
import org.postel.wire.Connection;
import org.postel.wire.LineTooLongException;

/** A literal at the end of a command; its octets are read whole or in pieces, and not kept. */
public final class IncomingLiteral {

    private static final Logger LOG = Logger.getLogger(IncomingLiteral.class);
    private static final int PIECE = 32 << 10;

    private final Conversation conversation;
    private long left;
    private boolean invited;
    private boolean lineRead;

    /** Announced by {@code header}. */
    public IncomingLiteral(Conversation conversation, LiteralHeader header) {
        this.conversation = conversation;
        this.left = header.size();
        this.invited = !header.synchronising();
    }

    /** Takes a piece. */
    interface Sink {
        void write(byte[] octets, int offset, int length);
    }

    /** Tells the client to go ahead, if it waits for that. */
    void invite() throws IOException {
        if (!invited) {
            invited = true;
            conversation.prompt("+ Ready\r\n");
        }
    }

    /** All of it, for one that was announced small enough to be held. */
    byte[] whole() throws IOException {
        byte[] octets = new byte[(int) left];
        while (left > 0) {
            left -= conversation.connection().read(octets, octets.length - (int) left, (int) left,
                    conversation.patience(conversation.settings().literalTimeout()));
        }
        return octets;
    }

    void readInto(Sink sink) throws IOException {
        Connection connection = conversation.connection();
        byte[] piece = new byte[(int) Math.min(PIECE, Math.max(left, 1))];
        while (left > 0) {
            int count = connection.read(piece, 0, (int) Math.min(piece.length, left), conversation.patience(conversation.settings().literalTimeout()));
            left -= count;
            sink.write(piece, 0, count);
        }
    }

    /** The line after the octets, which were read. */
    byte[] nextLine() throws IOException, Refused {
        lineRead = true;
        try {
            return line();
        } catch (LineTooLongException e) {
            throw new Refused(Replies.LINE_TOO_LONG);
        } catch (BareLineEndException e) {
            throw new Refused(Replies.BARE_LINE_END);
        }
    }

    /** What a client sends on top is dropped, so that the next line read is a command again. */
    private void dropRest() throws IOException {
        lineRead = true;
        try {
            Optional<LiteralHeader> more = LiteralHeader.atEndOf(line());
            while (more.isPresent() && !more.get().synchronising()) {
                left = more.get().size();
                dropOctets();
                more = LiteralHeader.atEndOf(line());
            }
        } catch (LineTooLongException | BareLineEndException e) {
            // The rest of it was passed over.
            LOG.debugf("dropped: %s", e.getMessage());
        }
    }

    private byte[] line() throws IOException {
        return conversation.connection().readContinuation(conversation.settings().line(), conversation.patience(conversation.settings().literalTimeout()));
    }

    /**
     * Reads and forgets what a client was let send, or sends unasked, to the end of the command.
     *
     * @throws UnwantedLiteralException when that is more than is worth reading
     */
    public void drop() throws IOException {
        if (!invited || lineRead) {
            return;
        }
        dropOctets();
        dropRest();
    }

    private void dropOctets() throws IOException {
        if (left > conversation.settings().discard()) {
            throw new UnwantedLiteralException();
        }
        readInto((octets, offset, length) -> { });
    }
}
