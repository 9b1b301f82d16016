package org.postel.pop3.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postel.pop3.command.Accounts;
import org.postel.pop3.command.AuthCommand;
import org.postel.pop3.command.LockedMaildrop;
import org.postel.pop3.command.Login;
import org.postel.pop3.command.LoginCommand;
import org.postel.pop3.command.LoginDelays;
import org.postel.pop3.command.QuitCommand;
import org.postel.pop3.command.RetrCommand;
import org.postel.pop3.session.Pop3State;
import org.postel.pop3.session.Pop3State.Authorization;
import org.postel.pop3.session.Step;
import org.postel.pop3.session.Surroundings;
import org.postel.pop3.session.Transitions;
import org.postel.pop3.syntax.CommandParser;
import org.postel.pop3.syntax.Pop3Command;
import org.postel.pop3.syntax.Replies;
import org.postel.pop3.syntax.Reply;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.Tracing;
import org.postel.wire.BareLineEndException;
import org.postel.wire.CommandRate;
import org.postel.wire.Connection;
import org.postel.wire.DrainingException;
import org.postel.wire.ErrorLimit;
import org.postel.wire.LineTooLongException;
import org.postel.wire.LoginDelay;
import org.postel.wire.WireMetrics;

/** The loop of one session: read, step, do, reply, count. */
final class Pop3Session implements AutoCloseable {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] END = {'.', '\r', '\n'};

    private final SessionSettings settings;
    private final WireMetrics metrics;
    private final Tracing tracing;
    private final Connection connection;
    private final LoginCommand login;
    private final AuthCommand auth;
    private final ErrorLimit errors;
    private final LoginDelay loginDelay;
    private final CommandRate rate;
    private final long loginDeadline;
    private Pop3State state = Authorization.START;
    private Optional<LockedMaildrop> maildrop = Optional.empty();
    private int authFailures;
    private boolean utf8;
    private boolean over;

    Pop3Session(SessionSettings settings, Accounts accounts, LoginDelays delays, WireMetrics metrics, Tracing tracing, Connection connection) {
        this.settings = settings;
        this.metrics = metrics;
        this.tracing = tracing;
        this.connection = connection;
        this.login = new LoginCommand(accounts, delays);
        this.auth = new AuthCommand(accounts, login, settings.saslLineLimit());
        this.errors = new ErrorLimit(settings.maxErrors());
        this.loginDelay = new LoginDelay(settings.authFailureDelay());
        this.loginDeadline = System.nanoTime() + settings.loginTimeout().toNanos();
        this.rate = new CommandRate(settings.commandsPerSecond(), settings.commandBurst());
    }

    void run() throws IOException {
        say(Replies.greeting(settings.hostname()));
        try {
            while (!over) {
                turn();
            }
        } catch (RuntimeException bug) {
            apologise(bug);
            throw bug;
        }
        connection.flush();
    }

    private void apologise(RuntimeException bug) {
        try {
            say(Replies.INTERNAL);
            connection.flush();
        } catch (IOException gone) {
            bug.addSuppressed(gone);
        }
    }

    private void turn() throws IOException {
        if (!connection.hasInput()) {
            connection.flush();
        }
        try {
            byte[] line = connection.readLine(lineLimit(), silence());
            connection.pause(rate.count());
            serve(CommandParser.parse(line));
        } catch (LineTooLongException e) {
            bad(Replies.LINE_TOO_LONG);
        } catch (BareLineEndException e) {
            bad(Replies.BARE_LINE_END);
        } catch (DrainingException e) {
            say(Replies.SHUTTING_DOWN);
            connection.flush();
            throw e;
        }
    }

    // RFC 5034 §4 leaves 255 octets for an AUTH with its initial response; clients of XOAUTH2 send the whole token with it.
    private int lineLimit() {
        return state instanceof Authorization ? Math.max(settings.lineLimit(), settings.saslLineLimit()) : settings.lineLimit();
    }

    // Who has not logged in cannot stay by saying something now and then (SAFETY row 18).
    private Duration silence() {
        return state instanceof Authorization ? Duration.ofNanos(loginDeadline - System.nanoTime()) : settings.idleTimeout();
    }

    /** Each command is a trace of its own. */
    private void serve(Pop3Command command) throws IOException {
        try (Span span = tracing.begin(Kind.SERVER, "POP3", CommandLabel.of(command)); Span.Scope _ = span.enter()) {
            carryOut(command);
        }
    }

    private void carryOut(Pop3Command command) throws IOException {
        long begin = System.nanoTime();
        boolean stranger = state instanceof Authorization;
        Optional<Reply> reply = stranger || maildrop.orElseThrow().stands() ? perform(Transitions.step(state, command, surroundings())) : end(Replies.SESSION_ENDED);
        String result = reply.map(said -> said.ok() ? "ok" : "err").orElse("dropped");
        Span.current().put("pop3.result", result);
        metrics.command(CommandLabel.of(command), result, Duration.ofNanos(System.nanoTime() - begin));
        // A client that is logged in may ask for messages that are not there; a stranger has nothing to ask for.
        if (command instanceof Pop3Command.Unknown || command instanceof Pop3Command.Malformed
                || stranger && reply.filter(Reply::mistake).isPresent()) {
            countError();
        }
    }

    private Surroundings surroundings() {
        boolean loopback = connection.remote().getAddress().isLoopbackAddress() && settings.plaintextAuthOnLoopback();
        boolean plaintextAllowed = connection.tls() || loopback;
        List<String> mechanisms = plaintextAllowed && state instanceof Authorization ? auth.mechanisms(connection).names() : List.of();
        return new Surroundings(connection.tls(), settings.tlsAvailable(), mechanisms, plaintextAllowed, settings.loginDelay().toSeconds());
    }

    private Optional<Reply> perform(Step step) throws IOException {
        return switch (step) {
            case Step.Answer(Pop3State next, Reply reply) -> {
                state = next;
                yield say(reply);
            }
            case Step.Lines(Pop3State next, Reply reply, Iterable<String> lines) -> {
                state = next;
                yield say(reply, lines);
            }
            case Step.SendMessage send -> sent(retr().retr(send));
            case Step.SendTop send -> sent(retr().top(send));
            case Step.CheckPassword(String user, String password) ->
                    enter(login.login(user, password, connection.remote().getAddress()), "USER");
            case Step.Authenticate exchange ->
                    enter(auth.authenticate(exchange, connection, silence()), CommandLabel.mechanism(exchange));
            case Step.StartTls(Reply reply) -> {
                say(reply);
                connection.startTls();
                // RFC 2595 §4: nothing said in clear holds.
                utf8 = false;
                state = Authorization.START;
                yield Optional.of(reply);
            }
            case Step.UseUtf8(Reply reply) -> {
                utf8 = true;
                yield say(reply);
            }
            case Step.Commit(Pop3State.Update update) -> {
                over = true;
                state = update;
                yield say(QuitCommand.quit(update, maildrop.orElseThrow()));
            }
            case Step.Hangup(Reply reply) -> end(reply);
            case Step.Drop() -> {
                over = true;
                yield Optional.empty();
            }
        };
    }

    private Optional<Reply> end(Reply reply) throws IOException {
        over = true;
        return say(reply);
    }

    private Optional<Reply> sent(Reply reply) {
        over = reply.equals(Replies.SESSION_ENDED);
        return Optional.of(reply);
    }

    private RetrCommand retr() {
        return new RetrCommand(connection, maildrop.orElseThrow(), utf8 || !settings.surrogateHeaders());
    }

    private Optional<Reply> enter(Login outcome, String mechanism) throws IOException {
        switch (outcome) {
            case Login.Done done -> {
                metrics.authAttempt(mechanism, "success");
                maildrop = Optional.of(done.maildrop());
                state = done.state();
            }
            case Login.Refused refused -> {
                metrics.authAttempt(mechanism, CommandLabel.result(refused.result()));
                // RFC 1939 §7: after a failed PASS the client begins again with USER.
                state = Authorization.START;
                if (refused.result() == Login.Result.FAILURE) {
                    authFailures++;
                    loginDelay.await(connection);
                    over = authFailures >= settings.maxAuthFailures();
                }
            }
        }
        return say(outcome.reply());
    }

    private void bad(Reply reply) throws IOException {
        say(reply);
        countError();
    }

    private void countError() throws IOException {
        if (errors.exceeded()) {
            say(Replies.TOO_MANY_ERRORS);
            over = true;
        }
    }

    private Optional<Reply> say(Reply reply) throws IOException {
        connection.write(reply.octets());
        return Optional.of(reply);
    }

    private Optional<Reply> say(Reply reply, Iterable<String> lines) throws IOException {
        say(reply);
        for (String line : lines) {
            connection.write(line.getBytes(StandardCharsets.US_ASCII));
            connection.write(CRLF);
        }
        connection.write(END);
        return Optional.of(reply);
    }

    /** Gives the maildrop back, whatever way the session ended; nothing is deleted. */
    @Override
    public void close() {
        maildrop.ifPresent(LockedMaildrop::close);
    }
}
