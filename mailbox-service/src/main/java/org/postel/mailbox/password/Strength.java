package org.postel.mailbox.password;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;

/** How hard a password is to guess for somebody who knows what people choose, as zxcvbn counts it. */
public enum Strength {
    /** Among the first thousand guesses. */
    NONE,
    /** Among the first million. */
    WEAK,
    /** Among the first hundred million. */
    FAIR,
    /** Among the first ten thousand million. */
    GOOD,
    /** Later. */
    STRONG;

    /** What comes behind makes no password weaker, and only takes time. */
    private static final int LOOKED_AT = 100;
    /** NIST SP 800-63B §5.1.1.2 asks for eight. */
    private static final int SHORTEST = 8;
    private static final Zxcvbn ESTIMATE = new Zxcvbn();

    /**
     * Of a password.
     *
     * @param known what whoever guesses tries first, such as the address
     */
    public static Strength of(String password, List<String> known) {
        Strength counted = values()[ESTIMATE.measure(password.substring(0, Math.min(password.length(), LOOKED_AT)), known).getScore()];
        return password.length() < SHORTEST && counted.enough() ? WEAK : counted;
    }

    /** Whether it will do: a log-in takes one guess in half a minute. */
    public boolean enough() {
        return compareTo(FAIR) >= 0;
    }
}
