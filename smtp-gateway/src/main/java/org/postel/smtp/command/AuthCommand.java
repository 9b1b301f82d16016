package org.postel.smtp.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.postel.smtp.session.Account;
import org.postel.smtp.session.Login;
import org.postel.smtp.session.SmtpState.Greeted;
import org.postel.smtp.session.Step;
import org.postel.smtp.session.Step.Answer;
import org.postel.smtp.session.Step.AskCredentials;
import org.postel.smtp.syntax.Reply;
import org.postel.wire.sasl.Authority;
import org.postel.wire.sasl.ChannelBinding;
import org.postel.wire.sasl.Mechanism;
import org.postel.wire.sasl.Mechanisms;
import org.postel.wire.sasl.SaslStep;
import org.postel.wire.sasl.SaslText;

/** Logs a client in: RFC 4954 §4. */
public final class AuthCommand {

    /** RFC 4954 §4: the longest line of an exchange, in octets, CRLF included. */
    public static final int MAX_LINE = 12_288;

    static final Reply WELCOME = Reply.of(235, "2.7.0", "Authentication succeeded");
    static final Reply UNKNOWN_MECHANISM = Reply.of(504, "5.5.4", "Mechanism not offered");
    static final Reply CANCELLED = Reply.of(501, "5.7.0", "Authentication cancelled");
    /** What cannot be read at all. */
    public static final Reply MALFORMED = Reply.of(501, "5.5.2", "Cannot decode the response");
    /** What a wrong user and a wrong password both get. */
    public static final Reply WRONG = Reply.of(535, "5.7.8", "Authentication credentials invalid");
    static final Reply DISABLED = Reply.of(535, "5.7.13", "Sending mail is switched off for this account");
    /** There were too many failures before this attempt: the client's doing, though it may try again later. */
    public static final Reply RATE_LIMITED = Reply.of(454, "4.7.0", "Too many failures; try again later");
    static final Reply UNAVAILABLE = Reply.of(454, "4.7.0", "Temporary authentication failure");

    private final Authenticator authenticator;

    /** Says who clients are. */
    public interface Authenticator {

        /** For a client at an address, which counts for rate limits. */
        Authority<Account> forClient(InetAddress client);

        /** The mechanisms that are taken. */
        List<String> mechanisms();
    }

    public AuthCommand(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** What a client on such a connection may use. */
    public Mechanisms<Account> mechanisms(InetAddress client, List<ChannelBinding> bindings) {
        return Mechanisms.of(authenticator.mechanisms(), bindings, authenticator.forClient(client));
    }

    /** A client was answered {@link #MALFORMED}: that counts for its network. */
    public void unreadable(InetAddress client) {
        authenticator.forClient(client).unreadable();
    }

    /** Runs the exchange. A failure leaves the session where it was. */
    public static Step decide(AskCredentials asked, Mechanisms<Account> mechanisms, Prompt prompt) throws IOException {
        Greeted state = asked.state();
        Optional<Mechanism<Account>> mechanism = mechanisms.named(asked.auth().mechanism());
        if (mechanism.isEmpty()) {
            return new Answer(state, UNKNOWN_MECHANISM);
        }
        Mechanism.Exchange<Account> exchange = mechanism.get().start();
        SaslStep<Account> step = begin(exchange, asked.auth().initialResponse());
        while (step instanceof SaslStep.Challenge<Account>(byte[] octets)) {
            Optional<byte[]> line = prompt.ask(Reply.plain(334, SaslText.encode(octets)));
            // RFC 4954 §4: the client gives up.
            if (line.isPresent() && line.get().length == 1 && line.get()[0] == '*') {
                return new Answer(state, CANCELLED);
            }
            step = line.flatMap(SaslText::decode).map(exchange::next).orElse(new SaslStep.Failure<>(SaslStep.Reason.MALFORMED));
        }
        return end(state, step);
    }

    private static SaslStep<Account> begin(Mechanism.Exchange<Account> exchange, Optional<String> initial) {
        if (initial.isEmpty()) {
            return exchange.begin();
        }
        return SaslText.decodeInitial(initial.get().getBytes(StandardCharsets.UTF_8)).map(exchange::next)
            .orElse(new SaslStep.Failure<>(SaslStep.Reason.MALFORMED));
    }

    private static Step end(Greeted state, SaslStep<Account> step) {
        return switch (step) {
            case SaslStep.Success<Account>(Account account) -> new Answer(new Greeted(state.client(), new Login.Authenticated(account)), WELCOME);
            case SaslStep.Failure<Account>(SaslStep.Reason reason) -> new Answer(state, refusal(reason));
            case SaslStep.Challenge<Account> open -> throw new IllegalStateException("the exchange goes on");
        };
    }

    private static Reply refusal(SaslStep.Reason reason) {
        return switch (reason) {
            case MALFORMED -> MALFORMED;
            case CREDENTIALS -> WRONG;
            case DISABLED -> DISABLED;
            case RATE_LIMITED -> RATE_LIMITED;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }
}
