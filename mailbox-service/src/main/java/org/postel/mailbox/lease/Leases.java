package org.postel.mailbox.lease;

import java.time.Duration;
import java.util.Optional;

/** Locks among all processes of the service. */
public interface Leases {

    /**
     * Takes the lease if nobody holds it. The same holder may ask again: it keeps its fencing token and starts the TTL anew.
     *
     * @return empty when somebody else holds it
     */
    Optional<Lease> acquire(String name, String holder, Duration ttl);

    /**
     * Starts the TTL of a held lease anew.
     *
     * @throws LeaseLostException when it is no longer held
     */
    Lease renew(Lease lease) throws LeaseLostException;

    /** Gives the lease back; nothing happens when it is lost already. */
    void release(Lease lease);
}
