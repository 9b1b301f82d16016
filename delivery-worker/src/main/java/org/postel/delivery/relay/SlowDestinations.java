package org.postel.delivery.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Destinations that kept this worker waiting lately, and with what, and those that did not, by domain: 10,000 of each at most, each for a
 * while after the last time.
 */
public final class SlowDestinations {

    private static final int MOST = 10_000;

    private final Cache<String, Set<Step>> slow;
    private final Cache<String, Boolean> quick;

    /** What a destination is late with. */
    enum Step {
        /** A connection, up to EHLO and its answer. */
        CONNECTION,
        /** A message over it. */
        MESSAGE
    }

    /** @param remembered how long each is */
    public SlowDestinations(Duration remembered) {
        this.slow = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(remembered).build();
        this.quick = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(remembered).build();
    }

    /** How many there are, or were until recently. */
    public long count() {
        return slow.estimatedSize();
    }

    boolean has(String domain) {
        return slow.getIfPresent(domain) != null;
    }

    /** Whether it took a message lately, and in time. */
    boolean quick(String domain) {
        return quick.getIfPresent(domain) != null;
    }

    synchronized void late(String domain, Step step) {
        quick.invalidate(domain);
        Set<Step> steps = EnumSet.of(step);
        steps.addAll(of(domain));
        slow.put(domain, steps);
    }

    /** Forgets this of it, and nothing else. */
    synchronized void inTime(String domain, Step step) {
        if (step == Step.MESSAGE) {
            quick.put(domain, true);
        }
        Set<Step> steps = EnumSet.noneOf(Step.class);
        steps.addAll(of(domain));
        if (steps.remove(step) && !steps.isEmpty()) {
            slow.put(domain, steps);
        } else if (steps.isEmpty()) {
            slow.invalidate(domain);
        }
    }

    private Set<Step> of(String domain) {
        Set<Step> steps = slow.getIfPresent(domain);
        return steps == null ? Set.of() : steps;
    }
}
