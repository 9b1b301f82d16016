package org.postel.mailbox.password;

import java.time.Duration;

/**
 * How often somebody may be wrong.
 *
 * @param burst  failures in a row
 * @param refill after this time one more
 */
public record FailureLimitSettings(int burst, Duration refill) {

    public FailureLimitSettings {
        if (burst < 1 || refill.isNegative() || refill.isZero()) {
            throw new IllegalArgumentException("burst and refill must be above zero");
        }
    }
}
