package org.postel.delivery.relay;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postel.delivery.smtp.Opening;

/** Looks for next hops no longer than a message may wait: a domain's DNS and policy host may be as silent as its mail servers. */
final class HurriedHops {

    private final NextHops nextHops;

    HurriedHops(NextHops nextHops) {
        this.nextHops = nextHops;
    }

    /** Empty when the opening was over first. */
    Optional<NextHops.Found> of(String domain, TlsNeed need, Opening opening) throws InterruptedException {
        FutureTask<NextHops.Found> search = new FutureTask<>(() -> nextHops.of(domain, need));
        Thread.ofVirtual().name("next-hops").start(search);
        try {
            for (long left = opening.left(); left > 0; left = opening.left()) {
                try {
                    return Optional.of(search.get(left, TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    // Perhaps it may wait for longer now.
                }
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the next hops of " + domain + " were not found", e.getCause());
        } finally {
            search.cancel(true);
        }
    }
}
