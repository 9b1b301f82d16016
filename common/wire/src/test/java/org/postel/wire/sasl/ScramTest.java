package org.postel.wire.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

class ScramTest {

    private static final List<ChannelBinding> TLS = List.of(new ChannelBinding(ChannelBinding.TLS_EXPORTER, new byte[32]));

    private final FakeAuthority<String> authority = new FakeAuthority<>(credentials -> new Failure<>(Reason.CREDENTIALS), "tim");

    /** RFC 4422 §5: the server's proof goes as a challenge, and the client answers with nothing. */
    @Test
    void theClientHearsTheServersProofBeforeItIsIn() {
        var exchange = Scram.plain(List.of(), authority).start();
        assertChallenge("", exchange.begin());
        assertChallenge("asked", exchange.next(octets("first")));
        assertChallenge("proof", exchange.next(octets("right")));
        assertEquals(new Success<>("tim"), exchange.next(new byte[0]));
    }

    @Test
    void whoAnswersTheServersProofWithSomethingIsNotIn() {
        var exchange = Scram.plain(List.of(), authority).start();
        exchange.next(octets("first"));
        exchange.next(octets("right"));
        assertEquals(new Failure<>(Reason.MALFORMED), exchange.next(octets("x")));
    }

    @Test
    void aWrongProofIsARefusal() {
        var exchange = Scram.plain(List.of(), authority).start();
        exchange.next(octets("first"));
        assertEquals(new Failure<>(Reason.CREDENTIALS), exchange.next(octets("wrong")));
        assertEquals(new Failure<>(Reason.CREDENTIALS), Scram.plain(List.of(), authority).start().next(octets("right")));
    }

    /** RFC 5802 §6: never offered what cannot be used, and the strongest first. */
    @Test
    void plusIsOfferedOnlyWhereThereIsSomethingToBindTo() {
        assertEquals(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN"), names(List.of("PLAIN", "LOGIN", "SCRAM-SHA-256"), TLS));
        assertEquals(List.of("SCRAM-SHA-256", "PLAIN", "LOGIN"), names(List.of("PLAIN", "LOGIN", "SCRAM-SHA-256"), List.of()));
        assertEquals(List.of("PLAIN", "LOGIN"), names(Mechanisms.PASSWORDS, TLS));
        assertEquals(List.of("PLAIN"), names(List.of("PLAIN", "A-LATER-ONE"), TLS));
    }

    /** SAFETY row 21: whoever checks the messages learns what was offered, whichever of the two is used. */
    @Test
    void bothHandOverWhatCouldBeBound() {
        for (String name : List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")) {
            ClientFirst[] seen = new ClientFirst[1];
            Authority<String> watching = new Watching(authority, seen);
            Mechanisms.of(List.of("SCRAM-SHA-256"), TLS, watching).named(name).orElseThrow().start().next(octets("first"));
            assertEquals(TLS, seen[0].bindings());
            assertEquals(name.endsWith("-PLUS"), seen[0].plus());
        }
    }

    private record Watching(Authority<String> authority, ClientFirst[] seen) implements Authority<String> {

        @Override
        public SaslStep.Outcome<String> verify(PasswordCredentials credentials) {
            return authority.verify(credentials);
        }

        @Override
        public ScramAnswer<String> first(ClientFirst message) {
            seen[0] = message;
            return authority.first(message);
        }

        @Override
        public ScramAnswer<String> last(byte[] state, byte[] message) {
            return authority.last(state, message);
        }

        @Override
        public TokenAnswer<String> verify(AccessToken token) {
            return authority.verify(token);
        }

        @Override
        public void unreadable() {
            authority.unreadable();
        }
    }

    private List<String> names(List<String> taken, List<ChannelBinding> bindings) {
        return Mechanisms.of(taken, bindings, authority).names();
    }

    private static void assertChallenge(String text, SaslStep<String> step) {
        assertArrayEquals(octets(text), assertInstanceOf(Challenge.class, step).octets());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
