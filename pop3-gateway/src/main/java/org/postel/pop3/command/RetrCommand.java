package org.postel.pop3.command;

import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.pop3.command.LockedMaildrop.Content;
import org.postel.pop3.session.Step;
import org.postel.pop3.syntax.Replies;
import org.postel.pop3.syntax.Reply;
import org.postel.wire.Connection;

/** RETR and TOP (RFC 1939 §5 and §7): the message as it comes from the store, no faster than the client reads. */
public final class RetrCommand {

    private static final byte[] NONE = {};
    private static final Logger LOG = Logger.getLogger(RetrCommand.class);

    private final Connection connection;
    private final LockedMaildrop maildrop;
    private final boolean utf8;

    /** @param utf8 whether the client takes headers outside ASCII (RFC 6856 §2.1) */
    public RetrCommand(Connection connection, LockedMaildrop maildrop, boolean utf8) {
        this.connection = connection;
        this.maildrop = maildrop;
        this.utf8 = utf8;
    }

    /** RETR; the reply that was sent. */
    public Reply retr(Step.SendMessage send) throws IOException {
        long size = maildrop.maildrop().size(send.number());
        return send(send.number(), maildrop::retrieve, Replies.message(size), DotStuffing.whole(connection));
    }

    /** TOP; the reply that was sent. */
    public Reply top(Step.SendTop send) throws IOException {
        return send(send.number(), maildrop::content, Replies.TOP_FOLLOWS, DotStuffing.top(connection, send.lines()));
    }

    @FunctionalInterface
    private interface Opening {
        Optional<Content> of(int number) throws BackendUnavailableException;
    }

    private Reply send(int number, Opening opening, Reply reply, DotStuffing lines) throws IOException {
        try {
            Optional<Content> found = opening.of(number);
            if (found.isEmpty()) {
                return refuse(Replies.NO_SUCH_MESSAGE);
            }
            try (Content content = found.get()) {
                // Before the reply: a store that fails at once can still be reported.
                Optional<MessageStart> start = MessageStart.of(content, utf8);
                if (start.isEmpty()) {
                    return refuse(Replies.NEEDS_UTF8);
                }
                connection.write(reply.octets());
                copy(start.get(), content, maildrop.maildrop().size(number), lines);
                return reply;
            }
        } catch (SessionEndedException e) {
            return refuse(Replies.SESSION_ENDED);
        } catch (BackendUnavailableException e) {
            LOG.warnf("message cannot be read: %s", e.getMessage());
            return refuse(Replies.UNAVAILABLE);
        }
    }

    private Reply refuse(Reply reply) throws IOException {
        connection.write(reply.octets());
        return reply;
    }

    private static void copy(MessageStart start, Content content, long size, DotStuffing lines) throws IOException {
        long seen = start.taken();
        lines.write(start.octets());
        for (byte[] octets = more(start, content, lines); octets.length > 0 && !lines.enough(); octets = next(content)) {
            seen += octets.length;
            lines.write(octets);
        }
        if (!lines.enough() && seen < size) {
            throw new TransferBrokenException("message has " + seen + " octets of " + size);
        }
        lines.finish();
    }

    private static byte[] more(MessageStart start, Content content, DotStuffing lines) throws TransferBrokenException {
        return start.taken() == 0 || lines.enough() ? NONE : next(content);
    }

    private static byte[] next(Content content) throws TransferBrokenException {
        try {
            return content.next();
        } catch (BackendUnavailableException e) {
            LOG.warnf("message broke off: %s", e.getMessage());
            throw new TransferBrokenException("message broke off", e);
        }
    }
}
