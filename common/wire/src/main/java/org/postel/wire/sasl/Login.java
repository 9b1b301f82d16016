package org.postel.wire.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;

/**
 * LOGIN: obsolete and never more than a draft (draft-murchison-sasl-login-00), but what older clients of SMTP submission
 * know. The prompts are the ones that Outlook waits for. A name sent as initial response is taken, as Postfix does.
 */
public final class Login<I> implements Mechanism<I> {

    private static final byte[] USER = "Username:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSWORD = "Password:".getBytes(StandardCharsets.US_ASCII);

    private final PasswordVerifier<I> verifier;

    public Login(PasswordVerifier<I> verifier) {
        this.verifier = verifier;
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public Exchange<I> start() {
        return new LoginExchange();
    }

    private final class LoginExchange implements Exchange<I> {

        private Optional<String> user = Optional.empty();

        @Override
        public SaslStep<I> begin() {
            return new Challenge<>(USER);
        }

        @Override
        public SaslStep<I> next(byte[] message) {
            Optional<String> text = SaslText.text(message).filter(given -> !given.isEmpty());
            if (text.isEmpty()) {
                return new Failure<>(Reason.MALFORMED);
            }
            if (user.isEmpty()) {
                user = text;
                return new Challenge<>(PASSWORD);
            }
            return verifier.verify(new PasswordCredentials("", user.get(), text.get()));
        }
    }
}
