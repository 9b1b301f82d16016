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

    private static final Logger LOG = Logger.getLogger(RetrCommand.class);

    private final Connection connection;
    private final LockedMaildrop maildrop;

    public RetrCommand(Connection connection, LockedMaildrop maildrop) {
        this.connection = connection;
        this.maildrop = maildrop;
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
                byte[] first = content.next();
                connection.write(reply.octets());
                copy(first, content, maildrop.maildrop().size(number), lines);
                return reply;
            }
        } catch (BackendUnavailableException e) {
            LOG.warnf("message cannot be read: %s", e.getMessage());
            return refuse(Replies.UNAVAILABLE);
        }
    }

    private Reply refuse(Reply reply) throws IOException {
        connection.write(reply.octets());
        return reply;
    }

    private static void copy(byte[] first, Content content, long size, DotStuffing lines) throws IOException {
        long seen = 0;
        for (byte[] octets = first; octets.length > 0 && !lines.enough(); octets = next(content)) {
            seen += octets.length;
            lines.write(octets);
        }
        if (!lines.enough() && seen < size) {
            throw new TransferBrokenException("message has " + seen + " octets of " + size);
        }
        lines.finish();
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
