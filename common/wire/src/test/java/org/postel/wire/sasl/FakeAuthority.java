package org.postel.wire.sasl;

import java.nio.charset.StandardCharsets;
import org.postel.wire.sasl.SaslStep.Reason;

/**
 * Asks a verifier about passwords. Of SCRAM it knows the words "first" and "right" and answers "asked" and "proof"; of tokens it takes
 * "good".
 *
 * @param identity who those are
 * @param failures hears of what could not be read
 */
public record FakeAuthority<I>(PasswordVerifier<I> passwords, I identity, Runnable failures) implements Authority<I> {

    /** Nobody hears of it. */
    public FakeAuthority(PasswordVerifier<I> passwords, I identity) {
        this(passwords, identity, () -> { });
    }

    @Override
    public void unreadable() {
        failures.run();
    }

    @Override
    public SaslStep.Outcome<I> verify(PasswordCredentials credentials) {
        return passwords.verify(credentials);
    }

    @Override
    public ScramAnswer<I> first(ClientFirst first) {
        return text(first.message()).equals("first")
                ? new ScramAnswer.Challenge<>(octets("asked"), octets("state"))
                : new ScramAnswer.Refused<>(Reason.CREDENTIALS);
    }

    @Override
    public ScramAnswer<I> last(byte[] state, byte[] message) {
        return text(state).equals("state") && text(message).equals("right")
                ? new ScramAnswer.Proved<>(identity, octets("proof"))
                : new ScramAnswer.Refused<>(Reason.CREDENTIALS);
    }

    @Override
    public TokenAnswer<I> verify(AccessToken token) {
        return token.token().equals("good")
                ? new TokenAnswer.Accepted<>(identity)
                : new TokenAnswer.NotGood<>(new TokenError("invalid_token", "mail", ""));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
