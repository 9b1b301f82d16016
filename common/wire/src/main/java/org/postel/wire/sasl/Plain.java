package org.postel.wire.sasl;

import java.util.Arrays;
import java.util.Optional;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;

/**
 * PLAIN (RFC 4616).
 *
 * <pre>message = [authzid] UTF8NUL authcid UTF8NUL passwd</pre>
 */
public final class Plain<I> implements Mechanism<I> {

    private final PasswordVerifier<I> verifier;

    public Plain(PasswordVerifier<I> verifier) {
        this.verifier = verifier;
    }

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public Exchange<I> start() {
        return new Exchange<>() {
            @Override
            public SaslStep<I> begin() {
                return new Challenge<>(new byte[0]);
            }

            @Override
            public SaslStep<I> next(byte[] message) {
                Optional<PasswordCredentials> credentials = parse(message);
                return credentials.isPresent() ? verifier.verify(credentials.get()) : new Failure<>(Reason.MALFORMED);
            }
        };
    }

    /** The three parts of a message; empty where it has others. */
    static Optional<PasswordCredentials> parse(byte[] message) {
        int first = nul(message, 0);
        int second = first < 0 ? -1 : nul(message, first + 1);
        if (second < 0 || nul(message, second + 1) >= 0) {
            return Optional.empty();
        }
        var authorization = SaslText.text(Arrays.copyOf(message, first));
        var authentication = SaslText.text(Arrays.copyOfRange(message, first + 1, second));
        var password = SaslText.text(Arrays.copyOfRange(message, second + 1, message.length));
        if (authorization.isEmpty() || authentication.orElse("").isEmpty() || password.orElse("").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PasswordCredentials(authorization.get(), authentication.get(), password.get()));
    }

    private static int nul(byte[] message, int from) {
        for (int i = from; i < message.length; i++) {
            if (message[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
