package org.postel.mailbox.scram;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;

/** Both answers of the server (RFC 5802 §5): any pod gives either, for the gateway keeps the state in between. */
public final class ScramExchange {

    // A minute for the client, who types nothing in between, and five for pods whose clocks differ.
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int NONCE_OCTETS = 18;

    private final ScramSecret secret;
    private final int iterations;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * @param secret     one for all pods; asked for at each use, so it may come later than this object
     * @param iterations what a name that is nobody's seems to have: that of new passwords
     */
    public ScramExchange(Supplier<SecretKey> secret, int iterations, Clock clock) {
        this(secret, iterations, clock, new SecureRandom());
    }

    ScramExchange(Supplier<SecretKey> secret, int iterations, Clock clock, SecureRandom random) {
        this.secret = new ScramSecret(secret);
        this.iterations = iterations;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The client's first message.
     *
     * @param protocol what the session is to be for
     * @param plus     whether the mechanism is the -PLUS
     * @param bindings what the connection has, by type; where there is any, the -PLUS was offered
     * @param message  as sent
     */
    public record First(String protocol, boolean plus, Map<String, byte[]> bindings, byte[] message) {}

    /** Who logs in with which state. */
    public record Opened(ScramState state) {

        /** As the client wrote it, decoded. */
        public String username() {
            return state.username();
        }

        /** Who it wants to act as; empty: the one who logs in. */
        public String authorizationId() {
            return state.authorizationId();
        }

        /** What the session is to be for. */
        public String protocol() {
            return state.protocol();
        }
    }

    /** What the client is told, and what comes back with its answer. */
    public record Challenge(byte[] message, byte[] state) {}

    /** Whether a message is a client-first-message (RFC 5802 §7), whatever it says. */
    public static boolean isClientFirst(byte[] message) {
        return ClientFirst.parse(message).isPresent();
    }

    /** Reads the first message; empty where it is none, or its channel binding is not as it must be. */
    public Optional<Opened> open(First first) {
        return ClientFirst.parse(first.message()).flatMap(message -> channelBinding(message, first).map(binding -> new Opened(
                new ScramState(clock.instant().plus(PATIENCE), first.protocol(), message.authorizationId(), message.username(), binding,
                        message.nonce() + ourNonce(), message.bare()))));
    }

    /** The server-first-message, with the keys of the account, or with made-up ones. */
    public Challenge challenge(Opened opened, ScramKeys keys) {
        return new Challenge(serverFirst(opened.state(), keys).getBytes(StandardCharsets.UTF_8), secret.seal(opened.state().octets()));
    }

    /** What was opened before; empty where the state is not ours or too old. */
    public Optional<Opened> reopen(byte[] state) {
        return secret.open(state).map(ScramState::of).filter(opened -> clock.instant().isBefore(opened.until())).map(Opened::new);
    }

    /** The server-final-message, if the client's last one proves that it has the password. */
    public Optional<byte[]> proved(Opened opened, byte[] message, ScramKeys keys) {
        ScramState state = opened.state();
        return ClientFinal.parse(message)
                .filter(last -> last.nonce().equals(state.nonce()) && MessageDigest.isEqual(last.channelBinding(), state.channelBinding()))
                .flatMap(last -> {
                    String authMessage = state.bare() + "," + serverFirst(state, keys) + "," + last.withoutProof();
                    return keys.proved(last.proof(), authMessage) ? Optional.of(serverFinal(keys, authMessage)) : Optional.empty();
                });
    }

    /** Keys for a name that is nobody's, which nobody has the password of: always the same, like those of an account. */
    public ScramKeys madeUp(String name) {
        byte[] key = new byte[ScramKeys.KEY_OCTETS];
        random.nextBytes(key);
        return new ScramKeys(iterations, secret.salt(name), key, key);
    }

    // RFC 5802 §6. Who binds does so with the -PLUS only, and to what this connection has. "y" says that no -PLUS was offered:
    // where one was, somebody in between took it out.
    private static Optional<byte[]> channelBinding(ClientFirst message, First first) {
        byte[] header = message.gs2Header().getBytes(StandardCharsets.UTF_8);
        return switch (message.binding()) {
            case ClientFirst.Binding.To(String type) -> first.plus() && first.bindings().containsKey(type)
                    ? Optional.of(joined(header, first.bindings().get(type)))
                    : Optional.empty();
            case ClientFirst.Binding.Unheard() -> first.plus() || !first.bindings().isEmpty() ? Optional.empty() : Optional.of(header);
            case ClientFirst.Binding.None() -> first.plus() ? Optional.empty() : Optional.of(header);
        };
    }

    private static byte[] joined(byte[] header, byte[] binding) {
        byte[] both = Arrays.copyOf(header, header.length + binding.length);
        System.arraycopy(binding, 0, both, header.length, binding.length);
        return both;
    }

    private String ourNonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        random.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    private static String serverFirst(ScramState state, ScramKeys keys) {
        return "r=" + state.nonce() + ",s=" + Base64.getEncoder().encodeToString(keys.salt()) + ",i=" + keys.iterations();
    }

    private static byte[] serverFinal(ScramKeys keys, String authMessage) {
        return ("v=" + Base64.getEncoder().encodeToString(keys.serverSignature(authMessage))).getBytes(StandardCharsets.UTF_8);
    }
}
