package org.postel.wire;

import java.io.IOException;
import java.time.Duration;

/**
 * The wait before the answer to a refused log-in, twice as long with each of a session, up to eight times the first: who guesses passwords
 * one after the other is slow, who mistypes once hardly notices. Used by the connection's thread, a virtual one.
 */
public final class LoginDelay {

    private static final int MOST_TIMES = 8;

    private final Duration first;
    private int times = 1;

    /** @param first of the session; zero for none at all */
    public LoginDelay(Duration first) {
        this.first = first;
    }

    /** Waits once more. What was answered before goes out first. */
    public void await(Connection connection) throws IOException {
        connection.pause(next());
    }

    Duration next() {
        Duration delay = first.multipliedBy(times);
        times = Math.min(2 * times, MOST_TIMES);
        return delay;
    }
}
