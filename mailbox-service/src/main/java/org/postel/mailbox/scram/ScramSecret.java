package org.postel.mailbox.scram;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** What all pods make the same of one secret: the MAC of a state, and the salt of a name that is nobody's. */
final class ScramSecret {

    private static final String HMAC = "HmacSHA256";
    private static final int MAC_OCTETS = 32;
    private static final byte STATE = 1;
    private static final byte SALT = 2;

    private final Supplier<SecretKey> key;

    ScramSecret(Supplier<SecretKey> key) {
        this.key = key;
    }

    byte[] seal(byte[] state) {
        byte[] sealed = Arrays.copyOf(mac(STATE, state), MAC_OCTETS + state.length);
        System.arraycopy(state, 0, sealed, MAC_OCTETS, state.length);
        return sealed;
    }

    /** What was sealed; empty where we did not. */
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < MAC_OCTETS) {
            return Optional.empty();
        }
        byte[] state = Arrays.copyOfRange(sealed, MAC_OCTETS, sealed.length);
        return MessageDigest.isEqual(mac(STATE, state), Arrays.copyOf(sealed, MAC_OCTETS)) ? Optional.of(state) : Optional.empty();
    }

    /** Always the same for a name, and told from a real one by nobody without the secret. */
    byte[] salt(String name) {
        return Arrays.copyOf(mac(SALT, name.getBytes(StandardCharsets.UTF_8)), ScramKeys.SALT_OCTETS);
    }

    private byte[] mac(byte purpose, byte[] octets) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key.get());
            mac.update(purpose);
            return mac.doFinal(octets);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
