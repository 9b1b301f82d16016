package org.postel.mailbox.scram;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client-first-message.
 *
 * <pre>
 * client-first-message      = gs2-header client-first-message-bare         ; RFC 5802 §7
 * gs2-header                = gs2-cbind-flag "," [ authzid ] ","
 * gs2-cbind-flag            = ("p=" cb-name) / "n" / "y"
 * client-first-message-bare = [reserved-mext ","] username "," nonce ["," extensions]
 * </pre>
 *
 * @param gs2Header       as sent; the client repeats it under its proof
 * @param binding         what the client does about channel binding
 * @param authorizationId who it wants to act as; empty: the one who logs in
 * @param username        who logs in
 * @param nonce           of the client
 * @param bare            the rest as sent, which the proof covers
 */
record ClientFirst(String gs2Header, Binding binding, String authorizationId, String username, String nonce, String bare) {

    // What "m=" would bring is mandatory and unknown, so it is refused (RFC 5802 §5.1); other extensions are passed over.
    private static final Pattern MESSAGE = Pattern.compile(
            "((?:p=([A-Za-z0-9.-]+)|([ny])),(?:a=([^,]+))?,)(n=([^,]+),r=([!-+\\--~]+)(?:,[A-Za-z]=[^,]+)*)");
    private static final int MOST = 2_000;

    /** gs2-cbind-flag. */
    sealed interface Binding {

        /** It binds itself to this. */
        record To(String type) implements Binding {}

        /** It could, but believes that we cannot. */
        record Unheard() implements Binding {}

        /** It cannot. */
        record None() implements Binding {}
    }

    /** Empty where the message is none. */
    static Optional<ClientFirst> parse(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        Matcher matcher = MESSAGE.matcher(text);
        // Of what is no UTF-8 the proof would cover something else than what was sent.
        if (message.length > MOST || text.indexOf('\uFFFD') >= 0 || text.chars().anyMatch(Character::isISOControl) || !matcher.matches()) {
            return Optional.empty();
        }
        Optional<String> authorizationId = matcher.group(4) == null ? Optional.of("") : saslname(matcher.group(4));
        Optional<String> username = saslname(matcher.group(6));
        return authorizationId.flatMap(acts -> username.map(
                logsIn -> new ClientFirst(matcher.group(1), binding(matcher), acts, logsIn, matcher.group(7), matcher.group(5))));
    }

    private static Binding binding(Matcher matcher) {
        if (matcher.group(2) != null) {
            return new Binding.To(matcher.group(2));
        }
        return matcher.group(3).equals("y") ? new Binding.Unheard() : new Binding.None();
    }

    /** RFC 5802 §5.1: a comma is written {@code =2C} and an equal sign {@code =3D}; any other equal sign is an error. */
    private static Optional<String> saslname(String encoded) {
        return encoded.replace("=2C", "").replace("=3D", "").contains("=")
                ? Optional.empty()
                : Optional.of(encoded.replace("=2C", ",").replace("=3D", "="));
    }
}
