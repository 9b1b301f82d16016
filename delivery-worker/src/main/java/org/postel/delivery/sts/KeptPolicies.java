package org.postel.delivery.sts;

import java.io.IOException;
import java.util.Optional;

/** What all workers know of domains' policies, and one that is just started: RFC 8461 §10.2. Both methods take a second at most. */
public interface KeptPolicies {

    /** @throws IOException when it cannot be told */
    Optional<KeptPolicy> of(String domain) throws IOException;

    /**
     * To its end, unless there is no room for it.
     *
     * @throws IOException when that is not certain
     */
    void keep(String domain, KeptPolicy policy) throws IOException;
}
