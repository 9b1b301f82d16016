package org.postel.mailbox.scram;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is kept of a password for SCRAM-SHA-256 (RFC 5802 §3). Who reads it can guess the password offline, but cannot log in with
 * it. Written as RFC 5803 §2 has it, and PostgreSQL: {@code SCRAM-SHA-256$4096:salt$StoredKey:ServerKey}, in base64.
 *
 * @param iterations of PBKDF2, at least 4096 (RFC 7677 §4)
 * @param salt       of this account
 * @param storedKey  checks the client's proof
 * @param serverKey  makes ours
 */
public record ScramKeys(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {

    static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    static final int SALT_OCTETS = 16;
    static final int KEY_OCTETS = 32;

    private static final int FEWEST_ITERATIONS = 4_096;
    private static final int MOST_ITERATIONS = 1_000_000;
    private static final Pattern WRITTEN =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,7}):([A-Za-z0-9+/=]{4,88})\\$([A-Za-z0-9+/=]{44}):([A-Za-z0-9+/=]{44})");
    private static final SecureRandom RANDOM = new SecureRandom();

    public ScramKeys {
        checkIterations(iterations);
        if (salt.length == 0 || storedKey.length != KEY_OCTETS || serverKey.length != KEY_OCTETS) {
            throw new IllegalArgumentException("keys of SHA-256 have " + KEY_OCTETS + " octets");
        }
    }

    static void checkIterations(int iterations) {
        if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("SCRAM takes " + FEWEST_ITERATIONS + " to " + MOST_ITERATIONS + " iterations");
        }
    }

    /** Of a password, with a fresh salt; empty when SASLprep (RFC 4013) leaves nothing of it, so that no client could prove it. */
    public static Optional<ScramKeys> of(String password, int iterations) {
        byte[] salt = new byte[SALT_OCTETS];
        RANDOM.nextBytes(salt);
        return of(password, iterations, salt);
    }

    static Optional<ScramKeys> of(String password, int iterations, byte[] salt) {
        checkIterations(iterations);
        try {
            // What SASLprep forbids, such as characters newer than Unicode 3.2, is taken as it is: clients do the same.
            byte[] salted = ScramFunctions.saltedPassword(SHA_256, StringPreparation.POSTGRESQL_PREPARATION, password.toCharArray(), salt, iterations);
            byte[] storedKey = ScramFunctions.storedKey(SHA_256, ScramFunctions.clientKey(SHA_256, salted));
            return Optional.of(new ScramKeys(iterations, salt, storedKey, ScramFunctions.serverKey(SHA_256, salted)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException nothingLeft) {
            // The library says so in either way.
            return Optional.empty();
        }
    }

    /**
     * From the written form.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ScramKeys parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the keys of SCRAM-SHA-256");
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new ScramKeys(Integer.parseInt(matcher.group(1)), base64.decode(matcher.group(2)), base64.decode(matcher.group(3)),
                base64.decode(matcher.group(4)));
    }

    /** The written form, for the database. */
    public String written() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }

    /** Whether the proof is of this password (RFC 5802 §3): the key that it hides hashes to StoredKey. */
    boolean proved(byte[] proof, String authMessage) {
        byte[] clientKey = ScramFunctions.clientSignature(SHA_256, storedKey, authMessage);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(storedKey, ScramFunctions.hash(SHA_256, clientKey));
    }

    byte[] serverSignature(String authMessage) {
        return ScramFunctions.serverSignature(SHA_256, serverKey, authMessage);
    }

    /** Without the keys: this may reach a log. */
    @Override
    public String toString() {
        return "ScramKeys[" + iterations + "]";
    }
}
