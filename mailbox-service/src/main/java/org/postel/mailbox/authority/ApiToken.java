package org.postel.mailbox.authority;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A token of the admin API, without the text that opens it.
 *
 * @param id      names it, in the token too
 * @param name    what its maker calls it
 * @param scopes  the kinds of acts it is good for
 * @param domains canonical names of those it is good for; empty: all
 * @param account whose role it is good within; empty: made by an operator of the platform for nobody's account
 * @param maker   who made it
 * @param created when
 * @param ends    when it is no longer good
 */
public record ApiToken(String id, String name, Set<Scope> scopes, Optional<Set<String>> domains, Optional<UUID> account, String maker,
        Instant created, Instant ends) {

    public ApiToken {
        scopes = Set.copyOf(scopes);
        domains = domains.map(Set::copyOf);
    }
}
