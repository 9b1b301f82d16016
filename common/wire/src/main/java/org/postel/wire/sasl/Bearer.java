package org.postel.wire.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

/**
 * The mechanisms that carry an access token: OAUTHBEARER (RFC 7628) and XOAUTH2, which Google published and clients knew first.
 * They differ in how they write it and in the error they are told.
 */
public final class Bearer<I> implements Mechanism<I> {

    private final String name;
    private final Function<byte[], Optional<AccessToken>> parser;
    private final Function<TokenError, String> error;
    private final TokenVerifier<I> verifier;

    private Bearer(String name, Function<byte[], Optional<AccessToken>> parser, Function<TokenError, String> error, TokenVerifier<I> verifier) {
        this.name = name;
        this.parser = parser;
        this.error = error;
        this.verifier = verifier;
    }

    /** OAUTHBEARER. */
    public static <I> Bearer<I> oauthBearer(TokenVerifier<I> verifier) {
        return new Bearer<>("OAUTHBEARER", BearerMessage::oauthBearer, TokenError::json, verifier);
    }

    /** XOAUTH2. */
    public static <I> Bearer<I> xoauth2(TokenVerifier<I> verifier) {
        return new Bearer<>("XOAUTH2", BearerMessage::xoauth2, TokenError::xoauth2Json, verifier);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Exchange<I> start() {
        return new BearerExchange();
    }

    private final class BearerExchange implements Exchange<I> {

        private boolean told;

        @Override
        public SaslStep<I> begin() {
            return new Challenge<>(new byte[0]);
        }

        @Override
        public SaslStep<I> next(byte[] message) {
            // RFC 7628 §3.2.3: the client has nothing more to say, but must answer the error before it is over.
            if (told) {
                return new Failure<>(Reason.CREDENTIALS);
            }
            Optional<AccessToken> token = parser.apply(message);
            return token.isPresent() ? step(verifier.verify(token.get())) : new Failure<>(Reason.MALFORMED);
        }

        private SaslStep<I> step(TokenAnswer<I> answer) {
            return switch (answer) {
                case TokenAnswer.Accepted<I>(I identity) -> new Success<>(identity);
                case TokenAnswer.Refused<I>(Reason reason) -> new Failure<>(reason);
                case TokenAnswer.NotGood<I>(TokenError why) -> {
                    told = true;
                    yield new Challenge<>(error.apply(why).getBytes(StandardCharsets.US_ASCII));
                }
            };
        }
    }
}
