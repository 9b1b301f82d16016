package org.postel.mailbox.events;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When something may be told of again: after quiet at once, and less and less often while it changes on and on. For one thread at a
 * time; moments are those of {@link System#nanoTime}.
 *
 * @param <K> names what is told of
 */
final class Paces<K> {

    /** What a pause is at least before it is doubled. */
    private static final long LEAST_NANOS = 500_000;

    private final long pauseNanos;
    private final long longestNanos;
    /** Of what was told of within the longest pause; the oldest first. */
    private final Map<K, Pace> paces = new LinkedHashMap<>();

    private record Pace(long told, long pause) {}

    /**
     * @param pause   from the first telling after quiet to the second; doubled with each that follows
     * @param longest pause, and after so much quiet it begins anew; no less than the pause counts
     */
    Paces(Duration pause, Duration longest) {
        this.pauseNanos = pause.toNanos();
        this.longestNanos = Math.max(pauseNanos, longest.toNanos());
    }

    /** When it may be told of, now or later. */
    long dueAt(K what, long now) {
        Pace pace = paces.get(what);
        return pace == null || pace.told + pace.pause - now < 0 ? now : pace.told + pace.pause;
    }

    /** It is told of now. */
    void told(K what, long now) {
        for (Iterator<Pace> oldest = paces.values().iterator(); oldest.hasNext() && now - oldest.next().told > longestNanos;) {
            oldest.remove();
        }
        Pace before = paces.remove(what);
        long pause = before == null ? pauseNanos : Math.min(longestNanos, 2 * Math.max(before.pause, LEAST_NANOS));
        paces.put(what, new Pace(now, pause));
    }

    /** How many are remembered. */
    int size() {
        return paces.size();
    }
}
