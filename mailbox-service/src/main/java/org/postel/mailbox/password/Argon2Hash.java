package org.postel.mailbox.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash of a password (RFC 9106) with all that is needed to compute it again. Written in the form that the
 * reference implementation gave the world: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}, base64 without padding.
 *
 * @param cost what one computation takes
 * @param salt at least 8 octets
 * @param tag  the hash, at least 16 octets
 */
record Argon2Hash(Argon2Cost cost, byte[] salt, byte[] tag) {

    private static final Pattern WRITTEN =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Hashes with a fresh salt. */
    static Argon2Hash of(String password, Argon2Cost cost) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Argon2Hash(cost, salt, compute(password, cost, salt, TAG_BYTES));
    }

    /**
     * From the written form.
     *
     * @throws IllegalArgumentException when it is none, or costs more than {@link Argon2Cost} allows
     */
    static Argon2Hash parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an encoded Argon2id hash");
        }
        Argon2Cost cost = new Argon2Cost(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
        Base64.Decoder base64 = Base64.getDecoder();
        return new Argon2Hash(cost, base64.decode(matcher.group(4)), base64.decode(matcher.group(5)));
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(tag, compute(password, cost, salt, tag.length));
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes()
                + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
    }

    private static byte[] compute(String password, Argon2Cost cost, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }
}
