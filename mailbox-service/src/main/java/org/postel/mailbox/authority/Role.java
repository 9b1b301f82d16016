package org.postel.mailbox.authority;

import java.util.Optional;
import java.util.Set;

/**
 * What makes an account an administrator.
 *
 * @param domains canonical names of those it administers; empty: it administers everything
 */
public record Role(Optional<Set<String>> domains) {

    /** Of everything. */
    public static final Role GLOBAL = new Role(Optional.empty());

    public Role {
        domains = domains.map(Set::copyOf);
    }

    /** Of these domains. */
    public static Role of(Set<String> domains) {
        return new Role(Optional.of(domains));
    }
}
