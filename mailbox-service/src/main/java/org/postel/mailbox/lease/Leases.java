package org.postel.mailbox.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Locks among all processes of the service. */
public interface Leases {

    /**
     * Takes the lease if nobody holds it, or on a ground that is over. The same holder may ask again: it keeps its fencing token and starts the TTL anew.
     *
     * @param ground on what the holder holds it; empty: on nothing that ends before the lease
     * @param over   whether the ground of another holder, never an empty one, is over
     * @return empty when somebody else holds it
     */
    Optional<Lease> acquire(String name, String holder, String ground, Duration ttl, Predicate<String> over);

    /** As {@link #acquire(String, String, String, Duration, Predicate)}, on nothing that ends before the lease. */
    default Optional<Lease> acquire(String name, String holder, Duration ttl) {
        return acquire(name, holder, "", ttl, ground -> false);
    }

    /**
     * Starts the TTL of a held lease anew.
     *
     * @throws LeaseLostException when it is no longer held
     */
    Lease renew(Lease lease) throws LeaseLostException;

    /** Gives the lease back; nothing happens when it is lost already. */
    void release(Lease lease);
}
