package org.postel.imap.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.imap.command.BetweenCommands;
import org.postel.imap.command.Commands;
import org.postel.imap.command.CompressCommand;
import org.postel.imap.command.Conversation;
import org.postel.imap.command.IncomingLiteral;
import org.postel.imap.command.MailboxGoneException;
import org.postel.imap.command.Replies;
import org.postel.imap.command.SessionEndedException;
import org.postel.imap.command.UnwantedLiteralException;
import org.postel.imap.session.SessionState;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.CommandParser;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.LiteralHeader;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;
import org.postel.wire.BareLineEndException;
import org.postel.wire.Compression;
import org.postel.wire.CompressionBrokenException;
import org.postel.wire.Connection;
import org.postel.wire.DrainingException;
import org.postel.wire.ErrorLimit;
import org.postel.wire.IdleTimeoutException;
import org.postel.wire.LineTooLongException;
import org.postel.wire.WireMetrics;

/** One client's session, from greeting to BYE, as straight-line code on a virtual thread of its own. */
final class ImapSession {

    private static final Logger LOG = Logger.getLogger(ImapSession.class);

    private final Conversation conversation;
    private final Connection connection;
    private final Commands commands;
    private final CommandReader reader;
    private final WireMetrics metrics;
    private final Compression compression;
    private final ErrorLimit errors;
    private final String hostname;
    private final Tracing tracing;
    private boolean unauthenticated;

    ImapSession(Conversation conversation, Commands commands, WireMetrics metrics, Compression compression, String hostname, Tracing tracing) {
        this.conversation = conversation;
        this.connection = conversation.connection();
        this.commands = commands;
        this.reader = new CommandReader(conversation);
        this.metrics = metrics;
        this.compression = compression;
        this.hostname = hostname;
        this.tracing = tracing;
        this.errors = new ErrorLimit(conversation.settings().errors());
    }

    /**
     * Returns when the session is over and its last reply is written.
     *
     * @return whether the client stays, to log in anew in another conversation (RFC 8437)
     */
    boolean run() throws IOException {
        try {
            while (!unauthenticated && !(conversation.state() instanceof SessionState.Logout)) {
                turn();
            }
        } catch (DrainingException e) {
            bye("The server is shutting down");
        } catch (IdleTimeoutException e) {
            bye("Nothing came for too long");
        } catch (MailboxGoneException e) {
            bye("The mailbox was deleted, or may not be read any more");
        } catch (SessionEndedException e) {
            bye(Replies.EXPIRED.text());
        } catch (UnwantedLiteralException e) {
            bye("The literal is too big");
        } catch (CompressionBrokenException e) {
            LOG.infof("compressed stream of %s: %s", connection.remote(), e.getMessage());
            metrics.rateLimited("compression");
            bye("What you send cannot be inflated");
        } catch (RuntimeException e) {
            LOG.errorf(e, "session of %s failed in state %s", connection.remote(), conversation.state().getClass().getSimpleName());
            bye("Internal error");
        }
        connection.flush();
        return unauthenticated && !(conversation.state() instanceof SessionState.Logout);
    }

    /** The first thing that a client is told. */
    void greet() throws IOException {
        connection.write(Completion.ok("CAPABILITY " + commands.capabilities(conversation), hostname + " Postel is ready").line("*"));
        connection.flush();
    }

    private void turn() throws IOException {
        BetweenCommands.tell(conversation);
        Incoming incoming = reader.read();
        conversation.prove();
        switch (incoming) {
            case Incoming.Refused refused -> {
                metrics.command("unknown", "bad", Duration.ZERO);
                answer(refused.tag(), refused.reply());
            }
            case Incoming.Whole whole -> parsed(CommandParser.parse(whole.octets(), conversation.dialect().utf8()));
            case Incoming.Message message -> message(message);
        }
        conversation.end();
        if (connection.draining()) {
            throw new DrainingException();
        }
    }

    private void parsed(ImapCommand.Line line) throws IOException {
        switch (line) {
            case ImapCommand.Malformed malformed -> malformed(malformed);
            case ImapCommand.Tagged tagged -> serve(tagged);
        }
    }

    /** Each command is a trace of its own, but for IDLE: what that tells is of the trace of what it tells of. */
    private Span span(ImapCommand command) {
        return command instanceof ImapCommand.Idle ? Span.NONE : tracing.begin(Kind.SERVER, "IMAP", command.verb());
    }

    private void malformed(ImapCommand.Malformed line) throws IOException {
        metrics.command("unknown", "bad", Duration.ZERO);
        answer(line.tag(), Completion.bad(line.problem()));
    }

    private void message(Incoming.Message message) throws IOException {
        ImapCommand.Line line = CommandParser.parse(message.octets(), conversation.dialect().utf8());
        if (line instanceof ImapCommand.Tagged tagged && bringsMessage(tagged.command())) {
            try (Span span = span(tagged.command()); Span.Scope _ = span.enter()) {
                append(tagged, Optional.of(message.header()));
            }
            return;
        }
        new IncomingLiteral(conversation, message.header()).drop();
        parsed(line);
    }

    private static boolean bringsMessage(ImapCommand command) {
        return command instanceof ImapCommand.Append || command instanceof ImapCommand.Replace;
    }

    private void append(ImapCommand.Tagged line, Optional<LiteralHeader> announced) throws IOException {
        long start = System.nanoTime();
        conversation.begin(line.tag());
        Step step = commands.append(conversation, line.command(), announced);
        count(line.command(), step.reply(), start);
        answer(line.tag(), step.reply());
    }

    private void serve(ImapCommand.Tagged line) throws IOException {
        try (Span span = span(line.command()); Span.Scope _ = span.enter()) {
            carryOut(line);
        }
    }

    private void carryOut(ImapCommand.Tagged line) throws IOException {
        if (bringsMessage(line.command())) {
            // One that is made of parts that are here already.
            append(line, Optional.empty());
            return;
        }
        long start = System.nanoTime();
        conversation.begin(line.tag());
        Step step = run(line.command());
        count(line.command(), step.reply(), start);
        if (line.command() instanceof ImapCommand.StartTls && step.reply().status() == Completion.Status.OK) {
            // Not flushed here: once the client has the reply its handshake may come, which must find TLS turned on.
            connection.write(step.reply().line(line.tag()));
            connection.startTls();
            return;
        }
        if (line.command() instanceof ImapCommand.Compress && step.reply().status() == Completion.Status.OK) {
            if (!connection.startCompression(compression, step.reply().line(line.tag()))) {
                answer(line.tag(), CompressCommand.TOO_MANY);
            }
            return;
        }
        answer(line.tag(), step.reply());
        unauthenticated = line.command() instanceof ImapCommand.Unauthenticate && step.reply().status() == Completion.Status.OK;
        if (conversation.tooManyLoginFailures()) {
            metrics.rateLimited("auth");
            bye("Too many failed logins");
        }
    }

    /** Where a command itself reads lines, those can be unreadable too. */
    private Step run(ImapCommand command) throws IOException {
        try {
            return commands.run(conversation, command);
        } catch (LineTooLongException e) {
            return new Step(conversation.state(), Replies.LINE_TOO_LONG);
        } catch (BareLineEndException e) {
            return new Step(conversation.state(), Replies.BARE_LINE_END);
        }
    }

    private void count(ImapCommand command, Completion reply, long start) {
        String result = switch (reply.status()) {
            case OK, BYE -> "ok";
            case NO -> "no";
            case BAD -> "bad";
        };
        Span.current().put("imap.result", result);
        metrics.command(command.verb(), result, Duration.ofNanos(System.nanoTime() - start));
        switch (command) {
            case ImapCommand.Login _ -> metrics.authAttempt("login", AuthResult.of(reply));
            case ImapCommand.Authenticate it -> metrics.authAttempt(AuthResult.mechanism(it), AuthResult.of(reply));
            default -> LOG.tracef("%s: %s", command.verb(), result);
        }
    }

    private void answer(String tag, Completion reply) throws IOException {
        connection.write(reply.line(tag));
        // SAFETY row 31, CVE-2026-40203: the length of one answer tells nothing about another.
        connection.separate();
        if (!connection.hasInput()) {
            connection.flush();
        }
        if (reply.equals(Replies.EXPIRED)) {
            bye(reply.text());
        }
        if (mistake(reply) && errors.exceeded()) {
            metrics.rateLimited("errors");
            bye("Too many errors");
        }
    }

    // A client that is logged in may hear NO as often as it asks for what is not there. A stranger asks for nothing but to be
    // let in: whatever is refused is a mistake, unless it is ours (SAFETY rows 14 and 19).
    private boolean mistake(Completion reply) {
        return switch (reply.status()) {
            case BAD -> true;
            case NO -> !conversation.loggedIn() && !reply.equals(Replies.UNAVAILABLE);
            case OK, BYE -> false;
        };
    }

    private void bye(String text) throws IOException {
        connection.write(Completion.bye(text).line("*"));
        connection.flush();
        conversation.enter(new SessionState.Logout());
    }
}
