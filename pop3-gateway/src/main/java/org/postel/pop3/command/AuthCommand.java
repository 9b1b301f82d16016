package org.postel.pop3.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postel.pop3.command.Login.Refused;
import org.postel.pop3.command.Login.Result;
import org.postel.pop3.session.Step;
import org.postel.pop3.syntax.Replies;
import org.postel.pop3.syntax.Reply;
import org.postel.wire.BareLineEndException;
import org.postel.wire.Connection;
import org.postel.wire.LineTooLongException;
import org.postel.wire.sasl.Mechanism;
import org.postel.wire.sasl.Mechanisms;
import org.postel.wire.sasl.SaslStep;
import org.postel.wire.sasl.SaslText;

/** AUTH: a SASL exchange in base64 lines (RFC 5034 §4). */
public final class AuthCommand {

    private static final byte[] CANCEL = {'*'};

    private final Accounts accounts;
    private final LoginCommand login;
    private final int lineLimit;

    /** @param lineLimit octets of one line of the client */
    public AuthCommand(Accounts accounts, LoginCommand login, int lineLimit) {
        this.accounts = accounts;
        this.login = login;
        this.lineLimit = lineLimit;
    }

    /** What the client on this connection may use. LOGIN is left out: a client of POP3 that knows no other has USER and PASS. */
    public Mechanisms<Account> mechanisms(Connection connection) {
        List<String> taken = accounts.mechanisms().stream().filter(name -> !name.equals("LOGIN")).toList();
        return Mechanisms.of(taken, connection.channelBindings(), accounts.forClient(connection.remote().getAddress()));
    }

    /** Has the exchange on the connection. */
    public Login authenticate(Step.Authenticate auth, Connection connection, Duration timeout) throws IOException {
        Optional<Mechanism<Account>> mechanism = mechanisms(connection).named(auth.mechanism());
        if (mechanism.isEmpty()) {
            return new Refused(Replies.NO_SUCH_MECHANISM, Result.FAILURE);
        }
        Mechanism.Exchange<Account> exchange = mechanism.get().start();
        Optional<byte[]> first = SaslText.decodeInitial(auth.initialResponse().getBytes(StandardCharsets.UTF_8));
        if (auth.hasInitialResponse() && first.isEmpty()) {
            return unreadable(connection, Replies.BAD_BASE64);
        }
        try {
            return talk(exchange, auth.hasInitialResponse() ? exchange.next(first.get()) : exchange.begin(), connection, timeout);
        } catch (LineTooLongException | BareLineEndException e) {
            return unreadable(connection, Replies.BAD_MESSAGE);
        }
    }

    private Login unreadable(Connection connection, Reply reply) {
        accounts.forClient(connection.remote().getAddress()).unreadable();
        return new Refused(reply, Result.FAILURE);
    }

    private Login talk(Mechanism.Exchange<Account> exchange, SaslStep<Account> first, Connection connection, Duration timeout)
            throws IOException {
        SaslStep<Account> step = first;
        while (true) {
            switch (step) {
                case SaslStep.Failure<Account>(SaslStep.Reason reason) when reason == SaslStep.Reason.MALFORMED -> {
                    return unreadable(connection, Replies.BAD_MESSAGE);
                }
                case SaslStep.Outcome<Account> outcome -> {
                    return login.enter(outcome);
                }
                case SaslStep.Challenge<Account>(byte[] octets) -> {
                    connection.write(("+ " + SaslText.encode(octets) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    connection.flush();
                    byte[] line = connection.readContinuation(lineLimit, timeout);
                    if (Arrays.equals(line, CANCEL)) {
                        return new Refused(Replies.CANCELLED, Result.FAILURE);
                    }
                    Optional<byte[]> message = SaslText.decode(line);
                    if (message.isEmpty()) {
                        return unreadable(connection, Replies.BAD_BASE64);
                    }
                    step = exchange.next(message.get());
                }
            }
        }
    }
}
