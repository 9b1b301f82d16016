package org.postel.wire;

import java.time.Duration;

/**
 * How fast one client may send commands: a burst at once, then one per interval. Says how long to wait instead of refusing,
 * so that a hasty client is only slowed down. Used by the connection's thread.
 */
public final class CommandRate {

    private final long intervalNanos;
    private final long burstNanos;
    // When the next command would be due if all had come evenly spaced (the generic cell rate algorithm).
    private long due = System.nanoTime();

    /**
     * @param perSecond commands per second in the long run
     * @param burst     commands that may come at once
     */
    public CommandRate(int perSecond, int burst) {
        this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.burstNanos = intervalNanos * burst;
    }

    /** Counts a command; how long to wait before it is served. */
    public Duration count() {
        long now = System.nanoTime();
        due = (due - now < 0 ? now : due) + intervalNanos;
        return Duration.ofNanos(Math.max(0, due - now - burstNanos));
    }
}
