package org.postel.mailbox.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Counts failures per key in a token bucket. A try takes its token before it is made, so that a burst of parallel tries
 * cannot pass together, and a success gives it back.
 */
public final class FailureLimit {

    private static final int MOST_KEYS = 200_000;

    private final int burst;
    private final long refillNanos;
    private final LongSupplier nanoTime;
    private final Cache<String, Bucket> buckets;

    /**
     * @param tokens left at {@code at}
     * @param at     nanoseconds
     */
    private record Bucket(double tokens, long at) {}

    public FailureLimit(FailureLimitSettings settings, LongSupplier nanoTime) {
        this.burst = settings.burst();
        this.refillNanos = settings.refill().toNanos();
        this.nanoTime = nanoTime;
        Duration full = settings.refill().multipliedBy(settings.burst());
        this.buckets = Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterWrite(full).ticker(nanoTime::getAsLong).build();
    }

    /** Whether a try may be made; if so, it counts as a failure until {@link #succeeded}. */
    public boolean take(String key) {
        boolean[] taken = new boolean[1];
        buckets.asMap().compute(key, (ignored, before) -> {
            Bucket now = refilled(before);
            taken[0] = now.tokens >= 1;
            return taken[0] ? new Bucket(now.tokens - 1, now.at) : now;
        });
        return taken[0];
    }

    /** The try was none of those to be counted. */
    public void succeeded(String key) {
        buckets.asMap().computeIfPresent(key, (ignored, before) -> {
            Bucket now = refilled(before);
            return new Bucket(Math.min(burst, now.tokens + 1), now.at);
        });
    }

    /**
     * What was seen of a key anywhere, this process included: no more tries are left than that leaves.
     *
     * @param ages of the failures, oldest first, as of the newest
     */
    public void adopt(String key, List<Duration> ages) {
        if (ages.isEmpty()) {
            return;
        }
        double left = burst;
        long before = ages.getFirst().toNanos();
        for (Duration age : ages) {
            left = Math.max(0, Math.min(burst, left + (double) (before - age.toNanos()) / refillNanos) - 1);
            before = age.toNanos();
        }
        double shared = left;
        buckets.asMap().compute(key, (ignored, own) -> {
            Bucket now = refilled(own);
            return new Bucket(Math.min(shared, now.tokens), now.at);
        });
    }

    /** How long a failure counts at most. */
    public Duration memory() {
        return Duration.ofNanos(refillNanos).multipliedBy(burst);
    }

    private Bucket refilled(Bucket before) {
        long now = nanoTime.getAsLong();
        return before == null
                ? new Bucket(burst, now)
                : new Bucket(Math.min(burst, before.tokens + (double) (now - before.at) / refillNanos), now);
    }
}
