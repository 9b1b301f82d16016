package org.postel.launcher.identity;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Passwords that are easy to type and impossible to guess. */
public final class RandomPassword {

    /** Without the letters and digits that look like others. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    /** 16 of 31 characters: 79 bits. */
    private static final int LENGTH = 16;

    private RandomPassword() {
    }

    /** A new one. */
    public static String next() {
        return new SecureRandom().ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
                .collect(Collectors.joining());
    }
}
