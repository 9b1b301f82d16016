package org.postel.launcher.platform;

import java.time.Duration;

/** How long a child that died waits for its next start: twice as long each time it dies soon, up to half a minute. */
final class RestartPause {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    /** A child that lived this long is healthy: its next death waits for the first pause again. */
    static final Duration HEALTHY = Duration.ofSeconds(60);

    private Duration last = Duration.ZERO;

    /** The pause after a life of that length. */
    Duration after(Duration life) {
        Duration doubled = last.multipliedBy(2);
        last = last.isZero() || life.compareTo(HEALTHY) > 0 ? FIRST
                : doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return last;
    }
}
