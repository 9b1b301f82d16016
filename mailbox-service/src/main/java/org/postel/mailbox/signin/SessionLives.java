package org.postel.mailbox.signin;

import java.time.Duration;

/**
 * How long sessions of the pages live.
 *
 * @param idle    without a use
 * @param longest in any case
 */
public record SessionLives(Duration idle, Duration longest) {

    // The table forgets after two days that a session was ended: by then it must be over by itself.
    private static final Duration MOST = Duration.ofDays(1);

    public SessionLives {
        if (idle.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(idle) < 0 || longest.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("a session of the pages lives for a day at most, and no longer without a use than with");
        }
    }
}
