package org.postel.delivery.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many messages this worker begins to send to one domain, or to one mail server, within any minute. One that is tried at several servers
 * counts once for the domain, and for each of them. A domain or a server that has a rate
 * of its own has that one, for both if both have; where neither has one, the usual rate holds for the server. Ten thousand are
 * remembered at most, each for a minute after its last message.
 */
public final class Rates {

    /** The highest rate. */
    public static final int MOST = 10_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int usual;
    private final Map<String, Integer> own = new HashMap<>();
    private final LongSupplier nanos;
    private final Cache<Of, Deque<Long>> begun = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(MINUTE).build();

    private enum Kind { DOMAIN, SERVER }

    /** Whom a rate is of: a server may have the name of its domain. */
    private record Of(Kind kind, String name) {}

    private record Window(Deque<Long> begun, int rate) {}

    /**
     * @param usual messages a minute; 0: as many as come
     * @param own by domain or by the name of a mail server, 1 to {@link #MOST}
     */
    public Rates(int usual, Map<String, Integer> own) {
        this(usual, own, System::nanoTime);
    }

    /** @param nanos the time */
    Rates(int usual, Map<String, Integer> own, LongSupplier nanos) {
        this.usual = usual;
        own.forEach((name, rate) -> this.own.put(name.toLowerCase(Locale.ROOT), rate));
        this.nanos = nanos;
    }

    /** As many as come. */
    static Rates unlimited() {
        return new Rates(0, Map.of());
    }

    /**
     * Whether a message for that domain may begin at that server now; then it counts.
     *
     * @param counted whether it counts for the domain already: it was begun at another of its servers
     */
    synchronized boolean begin(String domain, String server, boolean counted) {
        long now = nanos.getAsLong();
        List<Window> windows = windows(domain, server.toLowerCase(Locale.ROOT), counted);
        for (Window window : windows) {
            while (!window.begun().isEmpty() && now - window.begun().peekFirst() >= MINUTE.toNanos()) {
                window.begun().pollFirst();
            }
        }
        boolean free = windows.stream().allMatch(window -> window.begun().size() < window.rate());
        if (free) {
            windows.forEach(window -> window.begun().add(now));
        }
        return free;
    }

    private List<Window> windows(String domain, String server, boolean counted) {
        List<Window> windows = new ArrayList<>();
        if (own.containsKey(domain) && !counted) {
            windows.add(window(new Of(Kind.DOMAIN, domain), own.get(domain)));
        }
        if (own.containsKey(server)) {
            windows.add(window(new Of(Kind.SERVER, server), own.get(server)));
        }
        if (usual > 0 && !own.containsKey(domain) && !own.containsKey(server)) {
            windows.add(window(new Of(Kind.SERVER, server), usual));
        }
        return windows;
    }

    private Window window(Of whom, int rate) {
        return new Window(begun.get(whom, absent -> new ArrayDeque<>()), rate);
    }
}
