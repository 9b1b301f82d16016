package org.postel.delivery.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Destinations that kept this worker waiting lately, by domain: 10,000 at most, each for a while after the last time. */
public final class SlowDestinations {

    private static final int MOST = 10_000;

    private final Cache<String, Pace> slow;

    /** How a destination answers. */
    enum Pace {
        /** As others do, as far as is known. */
        USUAL,
        /** Late. */
        LATE,
        /** Not at all, the last time. */
        SILENT
    }

    /** @param remembered how long each is */
    public SlowDestinations(Duration remembered) {
        this.slow = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(remembered).build();
    }

    /** How many there are, or were until recently. */
    public long count() {
        return slow.estimatedSize();
    }

    Pace of(String domain) {
        Pace pace = slow.getIfPresent(domain);
        return pace == null ? Pace.USUAL : pace;
    }

    void learn(String domain, Pace pace) {
        if (pace == Pace.USUAL) {
            slow.invalidate(domain);
        } else {
            slow.put(domain, pace);
        }
    }
}
