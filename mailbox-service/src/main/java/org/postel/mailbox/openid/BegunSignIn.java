package org.postel.mailbox.openid;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A sign-in that a browser began: 256 random bits that only it has, and where it is led in the end. State (RFC 6749 §10.12), nonce and
 * verifier (RFC 7636 §4.1) are made of these bits, each so that it tells nothing of the others.
 */
public final class BegunSignIn {

    private static final int OCTETS = 32;
    private static final int WRITTEN = 43;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MAC = "HmacSHA256";

    private final byte[] random;
    private final String next;

    private BegunSignIn(byte[] random, String next) {
        this.random = random;
        this.next = next;
    }

    /** @param next the page that is asked for, in characters of a cookie */
    public static BegunSignIn now(String next) {
        byte[] random = new byte[OCTETS];
        RANDOM.nextBytes(random);
        return new BegunSignIn(random, next);
    }

    /** From the written form; empty when it cannot be one. */
    public static Optional<BegunSignIn> parse(String written) {
        if (written.length() < WRITTEN) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BegunSignIn(Base64.getUrlDecoder().decode(written.substring(0, WRITTEN)), written.substring(WRITTEN)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The written form, for the browser only. */
    public String text() {
        return base64(random) + next;
    }

    /** The page that was asked for, as the browser says. */
    public String next() {
        return next;
    }

    State state() {
        return new State(derived("state"));
    }

    /** Whether an answer is to this sign-in; takes as long whatever was sent. */
    boolean isOf(String state) {
        return MessageDigest.isEqual(derived("state").getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    Nonce nonce() {
        return new Nonce(derived("nonce"));
    }

    CodeVerifier verifier() {
        return new CodeVerifier(derived("verifier"));
    }

    private String derived(String use) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(random, MAC));
            return base64(mac.doFinal(use.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    @Override
    public String toString() {
        return "BegunSignIn[]";
    }
}
