package org.postel.smtp.command;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets in who comes the second time. */
public final class FakeGreylist implements Greylist {

    private final Set<String> met = ConcurrentHashMap.newKeySet();
    private volatile boolean down;

    public void down(boolean now) {
        down = now;
    }

    /** The triplets that were asked about. */
    public Set<String> met() {
        return met;
    }

    @Override
    public Duration meet(String network, String from, List<String> recipients) throws BackendUnavailableException {
        if (down) {
            throw new BackendUnavailableException("down", new IllegalStateException());
        }
        return met.add(network + " " + from + " " + recipients) ? Duration.ofMinutes(5) : Duration.ZERO;
    }
}
