package org.postel.imap.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.postel.imap.command.Conversation;
import org.postel.imap.command.ImapSettings;
import org.postel.imap.command.IncomingLiteral;
import org.postel.imap.command.Replies;
import org.postel.imap.syntax.CommandAssembly;
import org.postel.imap.syntax.CommandAssembly.Next;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.wire.BareLineEndException;
import org.postel.wire.Connection;
import org.postel.wire.LineTooLongException;
import org.postel.wire.PeerGoneException;

/** Reads the lines and literals of a command; RFC 3501 §2.2.1, §4.3 and RFC 7888. */
final class CommandReader {

    private static final byte[] GO_AHEAD = "+ Ready\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> HTTP_METHODS = Set.of("GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "DELETE", "PATCH");

    private final Conversation conversation;
    private final Connection connection;

    CommandReader(Conversation conversation) {
        this.conversation = conversation;
        this.connection = conversation.connection();
    }

    /** The next command; waits for it. */
    Incoming read() throws IOException {
        ImapSettings settings = conversation.settings();
        CommandAssembly assembly = new CommandAssembly(new CommandAssembly.Limits(
                conversation.loggedIn() ? settings.literal() : settings.loginLiteral(), settings.command()));
        try {
            return assemble(assembly, settings);
        } catch (LineTooLongException e) {
            return new Incoming.Refused(assembly.tag(), Replies.LINE_TOO_LONG);
        } catch (BareLineEndException e) {
            return new Incoming.Refused(assembly.tag(), Replies.BARE_LINE_END);
        }
    }

    private Incoming assemble(CommandAssembly assembly, ImapSettings settings) throws IOException {
        byte[] line = connection.readLine(settings.line(), conversation.patience(settings.idleTimeout()));
        refuseHttp(line);
        while (true) {
            switch (assembly.line(line)) {
                case Next.Complete complete -> {
                    return new Incoming.Whole(complete.octets());
                }
                case Next.Message message -> {
                    return new Incoming.Message(message.octets(), message.header());
                }
                case Next.TooBig tooBig -> {
                    return refused(tooBig);
                }
                case Next.ReadLiteral literal -> assembly.literal(read(literal.header()));
            }
            line = connection.readContinuation(settings.line(), conversation.patience(settings.literalTimeout()));
        }
    }

    private byte[] read(LiteralHeader header) throws IOException {
        if (header.synchronising()) {
            connection.write(GO_AHEAD);
            connection.flush();
        }
        byte[] octets = new byte[(int) header.size()];
        int count = 0;
        while (count < octets.length) {
            count += connection.read(octets, count, octets.length - count, conversation.patience(conversation.settings().literalTimeout()));
        }
        return octets;
    }

    private Incoming refused(Next.TooBig tooBig) throws IOException {
        Optional<LiteralHeader> header = tooBig.header();
        if (header.isPresent()) {
            // A synchronising literal is not asked for, so nothing of it comes.
            new IncomingLiteral(conversation, header.get()).drop();
        }
        return new Incoming.Refused(tooBig.tag(), Completion.no("TOOBIG", "The command is too big"));
    }

    /** SAFETY row 7: a browser was sent here; nothing of its request is repeated to it. */
    private void refuseHttp(byte[] line) throws PeerGoneException {
        String text = new String(line, 0, Math.min(line.length, 8), StandardCharsets.ISO_8859_1);
        int end = text.indexOf(' ');
        boolean path = end > 0 && end + 1 < line.length && (line[end + 1] == '/' || line[end + 1] == 'h');
        if (!conversation.loggedIn() && path && HTTP_METHODS.contains(text.substring(0, end))) {
            throw new PeerGoneException("spoke HTTP");
        }
    }
}
