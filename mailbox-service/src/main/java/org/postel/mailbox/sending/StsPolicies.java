package org.postel.mailbox.sending;

import java.util.Optional;

/** The policies of other domains, for all delivery-workers: one that was just started must know what a domain stands to (RFC 8461 §10.2). */
public interface StsPolicies {

    /** One that still counts; what is no domain has none. */
    Optional<StsPolicy> of(String domain);

    /**
     * Keeps it until it ends, in the place of the domain's last one.
     *
     * @return whether it is kept: not when it ended, nor when there is no room for another domain
     */
    boolean keep(StsPolicy policy);
}
