package org.postel.mailbox.password;

import java.time.Duration;

/**
 * How passwords are checked.
 *
 * @param cost           of a new hash
 * @param atOnce         how many are computed at once
 * @param patience       how long a check waits for its turn
 * @param remembered     how long a success spares the next login the computation
 * @param rememberedMost how many successes are remembered
 */
public record PasswordSettings(Argon2Cost cost, int atOnce, Duration patience, Duration remembered, int rememberedMost) {

    public PasswordSettings {
        if (atOnce < 1 || rememberedMost < 0 || patience.isNegative() || remembered.isNegative()) {
            throw new IllegalArgumentException("password limits must be above zero");
        }
    }
}
