package org.postel.wire.sasl;

import java.util.List;
import java.util.Optional;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677), as far as a connection has to do with it: it takes messages to the
 * verifier and back. The server-final-message goes as one more challenge with an empty answer, because none of our protocols can
 * carry data with its success (RFC 4422 §5, RFC 4954 §4, RFC 5034 §4).
 */
public final class Scram<I> implements Mechanism<I> {

    private final boolean plus;
    private final List<ChannelBinding> bindings;
    private final ScramVerifier<I> verifier;

    private Scram(boolean plus, List<ChannelBinding> bindings, ScramVerifier<I> verifier) {
        this.plus = plus;
        this.bindings = List.copyOf(bindings);
        this.verifier = verifier;
    }

    /** SCRAM-SHA-256. {@code bindings} are what the client could have bound itself to with the other. */
    public static <I> Scram<I> plain(List<ChannelBinding> bindings, ScramVerifier<I> verifier) {
        return new Scram<>(false, bindings, verifier);
    }

    /** SCRAM-SHA-256-PLUS, for a connection that has a channel binding. */
    public static <I> Scram<I> plus(List<ChannelBinding> bindings, ScramVerifier<I> verifier) {
        return new Scram<>(true, bindings, verifier);
    }

    @Override
    public String name() {
        return plus ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
    }

    @Override
    public Exchange<I> start() {
        return new ScramExchange();
    }

    private final class ScramExchange implements Exchange<I> {

        private Optional<byte[]> state = Optional.empty();
        private Optional<I> proved = Optional.empty();

        @Override
        public SaslStep<I> begin() {
            return new Challenge<>(new byte[0]);
        }

        @Override
        public SaslStep<I> next(byte[] message) {
            if (proved.isPresent()) {
                return message.length == 0 ? new Success<>(proved.get()) : new Failure<>(Reason.MALFORMED);
            }
            return state.isPresent()
                    ? step(verifier.last(state.get(), message))
                    : step(verifier.first(new ClientFirst(plus, bindings, message)));
        }

        private SaslStep<I> step(ScramAnswer<I> answer) {
            return switch (answer) {
                case ScramAnswer.Challenge<I>(byte[] message, byte[] sealed) -> {
                    state = Optional.of(sealed);
                    yield new Challenge<>(message);
                }
                case ScramAnswer.Proved<I>(I identity, byte[] serverFinal) -> {
                    proved = Optional.of(identity);
                    yield new Challenge<>(serverFinal);
                }
                case ScramAnswer.Refused<I>(Reason reason) -> new Failure<>(reason);
            };
        }
    }
}
