package org.postel.mailbox.scram;

import java.util.Optional;

/**
 * What is done with SCRAM, and at what price.
 *
 * @param use        what is done
 * @param iterations of PBKDF2 in new keys, 4,096 (RFC 7677 §4) to 1,000,000; each client computes them
 */
public record ScramSettings(ScramUse use, int iterations) {

    public ScramSettings {
        ScramKeys.checkIterations(iterations);
    }

    /** Whether the mechanism is there for clients. */
    public boolean offered() {
        return use == ScramUse.OFFER;
    }

    /** What is to be kept of a password, written; empty when nothing is. */
    public Optional<String> keysOf(String password) {
        return use == ScramUse.OFF ? Optional.empty() : ScramKeys.of(password, iterations).map(ScramKeys::written);
    }

    /** Whether an account should get other keys once its password is at hand: it has none, or cheaper or dearer ones. */
    public boolean outdated(Optional<String> written) {
        return use != ScramUse.OFF && written.map(ScramKeys::parse).filter(keys -> keys.iterations() == iterations).isEmpty();
    }
}
