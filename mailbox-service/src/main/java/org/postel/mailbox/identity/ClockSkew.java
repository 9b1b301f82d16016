package org.postel.mailbox.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the clocks of who issues and who checks a token may be apart (RFC 7519 §4.1.4: "usually no more than a few minutes").
 * A token that ended is good for so long after its end, and one that says it was issued is believed so long before.
 */
final class ClockSkew {

    static final Duration MOST = Duration.ofMinutes(5);

    private ClockSkew() {}

    /** Whether a token with that end is no longer good, whatever clock it was issued by. */
    static boolean over(Instant end, Instant now) {
        return !now.isBefore(end.plus(MOST));
    }
}
