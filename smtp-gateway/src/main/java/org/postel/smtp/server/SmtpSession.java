package org.postel.smtp.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.smtp.command.AuthCommand;
import org.postel.smtp.command.BdatCommand;
import org.postel.smtp.command.Peer;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Cause;
import org.postel.smtp.session.Service;
import org.postel.smtp.session.SmtpState;
import org.postel.smtp.session.Step;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.Hangup;
import org.postel.smtp.session.Terms;
import org.postel.smtp.session.Transitions;
import org.postel.smtp.syntax.CommandParser;
import org.postel.smtp.syntax.Parsed;
import org.postel.smtp.syntax.Reply;
import org.postel.smtp.syntax.SmtpCommand;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;
import org.postel.wire.BareLineEndException;
import org.postel.wire.Connection;
import org.postel.wire.DrainingException;
import org.postel.wire.IdleTimeoutException;
import org.postel.wire.LineTooLongException;
import org.postel.wire.LoginDelay;
import org.postel.wire.sasl.Mechanisms;

/** One client's session, from greeting to end, as straight-line code on a virtual thread of its own. */
final class SmtpSession {

    private static final Logger LOG = Logger.getLogger(SmtpSession.class);

    private final Connection connection;
    private final Commands commands;
    private final CommandParser parser;
    private final SessionSettings settings;
    private final SessionMetrics metrics;
    private final SessionLimits limits;
    private final LoginDelay loginDelay;
    private Terms terms;
    private Mechanisms<Account> mechanisms;
    private SmtpState state = new SmtpState.Connected();
    private final BdatCommand bdat;
    private final TransactionSpan transaction;
    // Of the content in chunks, which is one however many commands it takes.
    private SocketContent chunks;

    SmtpSession(Connection connection, Terms terms, Commands commands, CommandParser parser, SessionSettings settings, SessionMetrics metrics,
                Tracing tracing) {
        this.connection = connection;
        this.terms = terms;
        this.commands = commands;
        this.parser = parser;
        this.settings = settings;
        this.metrics = metrics;
        this.limits = new SessionLimits(settings);
        this.loginDelay = new LoginDelay(settings.authDelay());
        this.mechanisms = learnMechanisms();
        this.bdat = new BdatCommand(commands.intake());
        this.transaction = new TransactionSpan(tracing);
        this.chunks = new SocketContent(connection, settings);
    }

    // Offered is what is taken: both are decided once, until TLS brings something that a log-in can be bound to.
    private Mechanisms<Account> learnMechanisms() {
        Mechanisms<Account> learned = terms.authOffered()
            ? commands.auth().mechanisms(connection.remote().getAddress(), connection.channelBindings())
            : new Mechanisms<>(List.of());
        terms = terms.offering(learned.names());
        return learned;
    }

    /** Returns when the session is over and its last reply is written. */
    void run() throws IOException {
        Hangup end;
        try (transaction; bdat) {
            end = untilHangup();
        }
        send(end.reply());
        connection.flush();
        LOG.debugf("session over: %s", end.cause());
    }

    private Hangup untilHangup() throws IOException {
        try {
            Optional<Hangup> end = greet();
            while (end.isEmpty()) {
                end = turn();
            }
            return end.get();
        } catch (DrainingException e) {
            return SessionReplies.DRAINING;
        } catch (IdleTimeoutException e) {
            return SessionReplies.IDLE;
        } catch (TooSlowException e) {
            return SessionReplies.TOO_SLOW;
        } catch (UnsynchronizedException e) {
            return SessionReplies.UNSYNCHRONIZED;
        } catch (RuntimeException e) {
            LOG.errorf(e, "session of %s failed in state %s", connection.remote(), state.getClass().getSimpleName());
            return SessionReplies.INTERNAL_ERROR;
        }
    }

    // RFC 5321 §3.1: the client waits for the greeting. One that does not is no mail server (SAFETY row 3).
    private Optional<Hangup> greet() throws IOException {
        if (settings.greetingPause().isPositive() && connection.await(settings.greetingPause()) == Connection.Signal.DRAINING) {
            return Optional.of(SessionReplies.DRAINING);
        }
        if (connection.hasInput()) {
            return Optional.of(SessionReplies.UNSYNCHRONIZED);
        }
        send(SessionReplies.greeting(terms.hostname(), terms.service()));
        connection.flush();
        return Optional.empty();
    }

    private Optional<Hangup> turn() throws IOException {
        return switch (readCommand()) {
            case Parsed.NotSmtp ignored -> Optional.of(SessionReplies.NOT_SMTP);
            case Parsed.OutOfStep(Reply reply) -> Optional.of(new Hangup(reply, Cause.UNSYNCHRONIZED));
            case Parsed.Refused(Reply reply) -> refuse(reply);
            case Parsed.Command command -> {
                command.used().forEach(metrics::leniency);
                yield serve(command.command());
            }
        };
    }

    private Parsed readCommand() throws IOException {
        long start = System.nanoTime();
        Parsed parsed = readLine();
        if (state instanceof SmtpState.Chunking) {
            chunks.waitedSince(start);
        }
        return parsed;
    }

    private Parsed readLine() throws IOException {
        int limit = terms.authOffered() ? Math.max(settings.maxLine(), AuthCommand.MAX_LINE - 2) : settings.maxLine();
        try {
            boolean transaction = state instanceof SmtpState.Addressing || state instanceof SmtpState.Chunking;
            if (transaction && !connection.hasInput()) {
                awaitInput();
            }
            return parser.parse(connection.readLine(limit, settings.commandTimeout()));
        } catch (LineTooLongException e) {
            return new Parsed.Refused(SessionReplies.LINE_TOO_LONG);
        } catch (BareLineEndException e) {
            return new Parsed.Refused(SessionReplies.BARE_LINE_END);
        }
    }

    // A drain ends the wait for a command, but an open transaction is finished first: so its next octet is waited for as content.
    private void awaitInput() throws IOException {
        connection.read(new byte[1], 0, 1, settings.commandTimeout());
        connection.unread(1);
    }

    private Optional<Hangup> refuse(Reply reply) throws IOException {
        metrics.command("unknown", reply, Duration.ZERO);
        return answer(reply);
    }

    private Optional<Hangup> serve(SmtpCommand command) throws IOException {
        Optional<Hangup> limit = limits.command(command);
        if (limit.isPresent()) {
            metrics.limited("commands");
            return limit;
        }
        if (lastInItsGroup(command) && connection.hasInput()) {
            return Optional.of(SessionReplies.UNSYNCHRONIZED);
        }
        try (Span.Scope _ = transaction.enter(command)) {
            return carryOut(command);
        }
    }

    private Optional<Hangup> carryOut(SmtpCommand command) throws IOException {
        long start = System.nanoTime();
        return switch (decide(new Transitions(terms).next(state, command))) {
            case Hangup hangup -> {
                metrics.command(command.verb(), hangup.reply(), Duration.ofNanos(System.nanoTime() - start));
                yield Optional.of(hangup);
            }
            case Step.UpgradeToTls upgrade -> upgrade(upgrade);
            case Answer answer -> {
                int copies = copies(command, answer);
                state = answer.next();
                if (!(state instanceof SmtpState.Chunking)) {
                    bdat.close();
                }
                transaction.answered(state, answer.reply());
                metrics.command(command.verb(), answer.reply(), Duration.ofNanos(System.nanoTime() - start));
                yield copies == 1 ? answered(command, answer.reply()) : answeredToEach(copies, answer.reply());
            }
            case Step undecided -> throw new IllegalStateException("no answer for " + undecided.getClass().getSimpleName());
        };
    }

    // RFC 2033 §4.2 and §4.3: once the content has come, or its last chunk, each RCPT that was answered 250 gets a reply; one record
    // is queued for all, so all get the same.
    private int copies(SmtpCommand command, Answer answer) {
        if (terms.service() != Service.LMTP) {
            return 1;
        }
        boolean contentCame = command instanceof SmtpCommand.Bdat chunk && chunk.last()
            || command instanceof SmtpCommand.Data && answer.next() instanceof SmtpState.Greeted;
        return switch (state) {
            case SmtpState.Addressing open when contentCame -> open.answered();
            case SmtpState.Chunking chunking when contentCame -> chunking.envelope().answered();
            case SmtpState ignored -> 1;
        };
    }

    private Optional<Hangup> answeredToEach(int copies, Reply reply) throws IOException {
        for (int more = copies; more > 1; more--) {
            send(reply);
        }
        return copies == 0 ? Optional.empty() : answer(reply);
    }

    // RFC 2920 §3.1, RFC 3207 §4.2, RFC 4954 §4: what follows depends on the reply, so a client waits for it. What came with
    // such a command was put there by somebody else (SAFETY rows 3 and 4).
    private static boolean lastInItsGroup(SmtpCommand command) {
        return command instanceof SmtpCommand.Ehlo || command instanceof SmtpCommand.Helo || command instanceof SmtpCommand.Lhlo || command instanceof SmtpCommand.Data
            || command instanceof SmtpCommand.StartTls || command instanceof SmtpCommand.Auth;
    }

    private Step decide(Step step) throws IOException {
        return switch (step) {
            case Step.AskSender asked -> commands.mail().decide(asked);
            case Step.AskRecipient asked -> commands.rcpt().decide(asked, peer());
            case Step.AskCredentials asked -> AuthCommand.decide(asked, mechanisms, this::ask);
            case Step.ReadContent content -> content(content);
            case Step.ReadChunk chunk -> chunk(chunk);
            case Step.DropChunk chunk -> bdat.decide(chunk, new SocketContent(connection, settings));
            case Answer answer -> answer;
            case Step.UpgradeToTls upgrade -> upgrade;
            case Hangup hangup -> hangup;
        };
    }

    private Answer content(Step.ReadContent step) throws IOException {
        Answer answer = commands.data().decide(step, peer(), new SocketContent(connection, settings));
        answeredFor(answer.reply());
        return answer;
    }

    private Answer chunk(Step.ReadChunk step) throws IOException {
        if (step.first()) {
            chunks = new SocketContent(connection, settings);
        }
        Answer answer = bdat.decide(step, peer(), chunks);
        if (!(answer.next() instanceof SmtpState.Chunking)) {
            answeredFor(answer.reply());
        }
        return answer;
    }

    private void answeredFor(Reply reply) {
        metrics.message(reply);
        if (reply.positive()) {
            limits.mailAccepted();
        }
    }

    private Peer peer() {
        return new Peer(connection.remote().getAddress(), connection.tlsDescription());
    }

    private Optional<byte[]> ask(Reply challenge) throws IOException {
        send(challenge);
        connection.flush();
        Optional<byte[]> line = readAnswer();
        // As with AUTH itself: nobody can know what comes next before this is answered (SAFETY row 3).
        if (connection.hasInput()) {
            throw new UnsynchronizedException();
        }
        return line;
    }

    private Optional<byte[]> readAnswer() throws IOException {
        try {
            return Optional.of(connection.readContinuation(AuthCommand.MAX_LINE - 2, settings.commandTimeout()));
        } catch (LineTooLongException | BareLineEndException e) {
            LOG.debugf("no answer to a challenge: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Hangup> upgrade(Step.UpgradeToTls upgrade) throws IOException {
        send(upgrade.goAhead());
        connection.startTls();
        terms = terms.underTls();
        mechanisms = learnMechanisms();
        state = new SmtpState.Connected();
        return Optional.empty();
    }

    private Optional<Hangup> answered(SmtpCommand command, Reply reply) throws IOException {
        if (command instanceof SmtpCommand.Auth auth) {
            metrics.auth(auth.mechanism(), reply);
            if (reply.equals(AuthCommand.MALFORMED)) {
                commands.auth().unreadable(connection.remote().getAddress());
            }
            if (SessionLimits.loginFailed(reply)) {
                loginDelay.await(connection);
            }
            Optional<Hangup> limit = limits.auth(reply);
            if (limit.isPresent()) {
                metrics.limited("auth");
                send(reply);
                return limit;
            }
        }
        return answer(reply);
    }

    private Optional<Hangup> answer(Reply reply) throws IOException {
        send(reply);
        if (!connection.hasInput()) {
            connection.flush();
        }
        Optional<Hangup> limit = limits.reply(reply);
        limit.ifPresent(hangup -> metrics.limited("errors"));
        return limit;
    }

    private void send(Reply reply) throws IOException {
        connection.write(reply.toBytes());
    }
}
