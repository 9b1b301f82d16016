package org.postel.mailbox.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes and checks passwords, a bounded number at once.
 *
 * <p>A mail client logs in every few minutes with the same password, so a success is remembered for a short while under an
 * HMAC of hash and password with a key that only this process has and that dies with it. A changed password has another
 * hash and is never found there; a failure is never remembered.
 */
public final class Passwords {

    private static final String HMAC = "HmacSHA256";

    private final PasswordSettings settings;
    private final Semaphore atOnce;
    private final SecretKeySpec key;
    private final Cache<ByteBuffer, Boolean> verified;
    private final String nobodys;

    public Passwords(PasswordSettings settings) {
        this.settings = settings;
        this.atOnce = new Semaphore(settings.atOnce(), true);
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.verified = Caffeine.newBuilder().maximumSize(settings.rememberedMost()).expireAfterWrite(settings.remembered()).build();
        this.nobodys = Argon2Hash.of("nobody", settings.cost()).toString();
    }

    /**
     * The encoded hash to store.
     *
     * @throws PasswordsBusyException when too many are computed already
     */
    public String hash(String password) {
        return bounded(() -> Argon2Hash.of(prepared(password), settings.cost()).toString());
    }

    /** Whether this is a hash as {@link #hash} gives it, from here or elsewhere, that costs no more than is allowed. */
    public static boolean isHash(String encoded) {
        try {
            Argon2Hash.parse(encoded);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether it is the password; takes as long when there is no hash because there is no such user.
     *
     * @throws PasswordsBusyException when too many are computed already
     */
    public boolean matches(Optional<String> encoded, String password) {
        String candidate = prepared(password);
        String hash = encoded.orElse(nobodys);
        ByteBuffer remembered = mac(hash, candidate);
        if (verified.getIfPresent(remembered) != null) {
            return encoded.isPresent();
        }
        boolean right = bounded(() -> Argon2Hash.parse(hash).matches(candidate)) && encoded.isPresent();
        if (right) {
            verified.put(remembered, Boolean.TRUE);
        }
        return right;
    }

    /** RFC 8265 §4.2 (OpaqueString) asks for NFC, so that one password typed on two keyboards is one. */
    private static String prepared(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private ByteBuffer mac(String hash, String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private <T> T bounded(Supplier<T> computation) {
        try {
            if (!atOnce.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PasswordsBusyException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PasswordsBusyException();
        }
        try {
            return computation.get();
        } finally {
            atOnce.release();
        }
    }
}
