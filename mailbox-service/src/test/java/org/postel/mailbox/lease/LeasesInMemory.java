package org.postel.mailbox.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Leases among the threads of one test; they end only when given back. */
public final class LeasesInMemory implements Leases {

    private final Map<String, Lease> held = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();

    @Override
    public synchronized Optional<Lease> acquire(String name, String holder, String ground, Duration ttl, Predicate<String> over) {
        Lease now = held.get(name);
        if (now == null || !now.holder().equals(holder) && !now.ground().isEmpty() && over.test(now.ground())) {
            now = new Lease(name, holder, ground, tokens.merge(name, 1L, Long::sum), ttl);
            held.put(name, now);
        }
        return Optional.of(now).filter(lease -> lease.holder().equals(holder));
    }

    @Override
    public synchronized Lease renew(Lease lease) throws LeaseLostException {
        if (!lease.equals(held.get(lease.name()))) {
            throw new LeaseLostException(lease.name());
        }
        return lease;
    }

    @Override
    public synchronized void release(Lease lease) {
        held.remove(lease.name(), lease);
    }
}
