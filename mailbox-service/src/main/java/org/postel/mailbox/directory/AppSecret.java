package org.postel.mailbox.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of an app password: four characters that say which of the account's it is, then twenty that nobody guesses. People type it, so
 * case, dashes and spaces do not count, and no two characters look alike.
 *
 * <pre>
 * abcd-efgh-ijkm-npqr-stuv-wxyz
 * </pre>
 *
 * @param id     finds it without a try at each
 * @param secret 100 random bits
 */
record AppSecret(String id, String secret) {

    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUP = 4;
    private static final int ID = 4;
    private static final int LENGTH = 24;
    private static final int LONGEST_WRITTEN = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one. */
    static AppSecret random() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new AppSecret(text.substring(0, ID), text.substring(ID));
    }

    /** As a person typed it; empty when it has not the form of one. */
    static Optional<AppSecret> parse(String written) {
        if (written.length() > LONGEST_WRITTEN) {
            return Optional.empty();
        }
        String text = written.toLowerCase(Locale.ROOT).replace("-", "").replace(" ", "");
        return text.length() == LENGTH && text.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0)
                ? Optional.of(new AppSecret(text.substring(0, ID), text.substring(ID)))
                : Optional.empty();
    }

    /**
     * What is stored. One fast hash does: a slow one, and a salt, make guessing dear where people chose a password, and here there are
     * 2<sup>100</sup> to be guessed.
     */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** For the person it is made for. */
    String text() {
        return (id + secret).replaceAll("(?<=\\G.{" + GROUP + "})(?=.)", "-");
    }

    @Override
    public String toString() {
        return "AppSecret[" + id + "]";
    }
}
