package org.postel.pop3.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** When accounts logged in last, for LOGIN-DELAY (RFC 2449 §6.5). In this process only; one for all its connections. */
public final class LoginDelays {

    /** Remembered at most; above it the oldest may come early. */
    static final int MOST = 100_000;

    private final long delayNanos;
    /** The times of log-ins by account, the oldest first. */
    private final Map<String, Long> last = new LinkedHashMap<>();

    /** @param delay that a client must leave from one log-in to the next; zero for none */
    public LoginDelays(Duration delay) {
        this.delayNanos = delay.toNanos();
    }

    /** Whether the account logged in too short a time ago. */
    synchronized boolean early(String account) {
        forget(System.nanoTime());
        return last.containsKey(account);
    }

    /** It has logged in. */
    synchronized void entered(String account) {
        if (delayNanos == 0) {
            return;
        }
        if (last.size() == MOST) {
            last.remove(last.keySet().iterator().next());
        }
        last.remove(account);
        last.put(account, System.nanoTime());
    }

    private void forget(long now) {
        var times = last.values().iterator();
        while (times.hasNext() && now - times.next() >= delayNanos) {
            times.remove();
        }
    }
}
