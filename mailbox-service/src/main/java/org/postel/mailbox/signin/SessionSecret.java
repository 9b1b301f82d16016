package org.postel.mailbox.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a browser shows to be taken for somebody: whose session it is, and 256 random bits. */
public final class SessionSecret {

    private static final int OCTETS = 32;
    private static final int ACCOUNT_OCTETS = 16;
    private static final int WRITTEN = 64;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MAC = "HmacSHA256";

    private final UUID account;
    private final byte[] random;

    private SessionSecret(UUID account, byte[] random) {
        this.account = account;
        this.random = random;
    }

    static SessionSecret of(UUID account) {
        byte[] random = new byte[OCTETS];
        RANDOM.nextBytes(random);
        return new SessionSecret(account, random);
    }

    /** From the written form; empty when it cannot be one. */
    static Optional<SessionSecret> parse(String written) {
        if (written.length() != WRITTEN) {
            return Optional.empty();
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getUrlDecoder().decode(written));
            UUID account = new UUID(octets.getLong(), octets.getLong());
            byte[] random = new byte[OCTETS];
            octets.get(random);
            return Optional.of(new SessionSecret(account, random));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The written form, for the browser only. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(ACCOUNT_OCTETS + OCTETS)
                .putLong(account.getMostSignificantBits()).putLong(account.getLeastSignificantBits()).put(random).array());
    }

    /** Whose session it is said to be. */
    UUID account() {
        return account;
    }

    /** Finds the session, and does not open it. */
    String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(random));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What each form of this session carries, so that no other site can send one. It does not open the session. */
    String formToken() {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(random, MAC));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal("form".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    @Override
    public String toString() {
        return "SessionSecret[]";
    }
}
