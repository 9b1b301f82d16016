package org.postel.wire.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The text forms of SASL messages. */
public final class SaslText {

    // RFC 4616 §2 asks for 255 octets of each; some passwords are longer, none is this long.
    private static final int MOST = 1024;

    private SaslText() {}

    /** Strict base64 with padding (RFC 4648 §3.5, §4); empty where it is not. */
    public static Optional<byte[]> decode(byte[] text) {
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            // The decoder takes missing padding and stray bits at the end.
            return Arrays.equals(Base64.getEncoder().encode(octets), text) ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** As {@link #decode}, for an initial response: {@code =} stands for the empty one (RFC 4954 §4, RFC 5034 §4). */
    public static Optional<byte[]> decodeInitial(byte[] text) {
        return text.length == 1 && text[0] == '=' ? Optional.of(new byte[0]) : decode(text);
    }

    /** Base64 of a challenge. */
    public static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /**
     * A name in a gs2-header, where {@code =2C} stands for a comma and {@code =3D} for an equal sign (RFC 5801 §4); empty where it
     * is none.
     */
    static Optional<String> saslname(String encoded) {
        if (encoded.replace("=2C", "").replace("=3D", "").contains("=")) {
            return Optional.empty();
        }
        return text(encoded.replace("=2C", ",").replace("=3D", "=").getBytes(StandardCharsets.UTF_8));
    }

    /** A name or password: UTF-8 without control characters and of a sane length; empty where it is not. */
    public static Optional<String> text(byte[] octets) {
        if (octets.length > MOST) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
