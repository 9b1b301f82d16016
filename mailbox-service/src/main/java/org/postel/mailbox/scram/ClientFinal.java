package org.postel.mailbox.scram;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client-final-message.
 *
 * <pre>
 * client-final-message-without-proof = channel-binding "," nonce ["," extensions]   ; RFC 5802 §7
 * client-final-message               = client-final-message-without-proof "," proof
 * </pre>
 *
 * @param channelBinding the gs2-header again, and behind it what the client bound itself to
 * @param nonce          both nonces
 * @param proof          ClientProof, 32 octets
 * @param withoutProof   as sent, which the proof covers
 */
record ClientFinal(byte[] channelBinding, String nonce, byte[] proof, String withoutProof) {

    private static final Pattern MESSAGE = Pattern.compile(
            "(c=([A-Za-z0-9+/]+={0,2}),r=([!-+\\--~]+)(?:,[A-Za-z]=[^,]+)*),p=([A-Za-z0-9+/]{43}=)");
    private static final int MOST = 3_000;

    /** Empty where the message is none. */
    static Optional<ClientFinal> parse(byte[] message) {
        String text = new String(message, StandardCharsets.UTF_8);
        Matcher matcher = MESSAGE.matcher(text);
        if (message.length > MOST || text.indexOf('\uFFFD') >= 0 || !matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClientFinal(decode(matcher.group(2)), matcher.group(3), decode(matcher.group(4)), matcher.group(1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    // RFC 4648 §3.5: no stray bits at the end, which the decoder takes; so each proof is written in one way.
    private static byte[] decode(String text) {
        byte[] octets = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(octets).equals(text)) {
            throw new IllegalArgumentException("not canonical");
        }
        return octets;
    }
}
