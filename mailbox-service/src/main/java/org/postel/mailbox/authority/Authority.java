package org.postel.mailbox.authority;

import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postel.mailbox.directory.CanonicalAddress;

/**
 * Somebody who administers, and what it may do.
 *
 * @param name    for the audit log
 * @param account that acts, or that the token was made for; empty: an operator of the platform
 * @param scopes  the kinds of acts
 * @param domains canonical names of those it may act on; empty: all
 */
public record Authority(String name, Optional<UUID> account, Set<Scope> scopes, Optional<Set<String>> domains) implements Principal {

    public Authority {
        scopes = Set.copyOf(scopes);
        domains = domains.map(Set::copyOf);
    }

    /** Who runs the platform: everything. */
    public static Authority operator(String name) {
        return new Authority(name, Optional.empty(), EnumSet.allOf(Scope.class), Optional.empty());
    }

    /** An account with a role. Who administers some domains makes no other administrators. */
    public static Authority of(String address, UUID account, Role role) {
        EnumSet<Scope> scopes = EnumSet.allOf(Scope.class);
        if (role.domains().isPresent()) {
            scopes.remove(Scope.ADMINISTRATORS);
        }
        return new Authority(address, Optional.of(account), scopes, role.domains());
    }

    @Override
    public String getName() {
        return name;
    }

    /** Whether it may do acts of this kind at all. */
    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether it is not limited to some domains. */
    public boolean everywhere() {
        return domains.isEmpty();
    }

    /** Whether a domain, by its canonical name, is within its reach. */
    public boolean over(String domain) {
        return domains.isEmpty() || domains.get().contains(domain);
    }

    /** Whether an address is in a domain within its reach; what is no address is only within everything. */
    public boolean overAddress(String written) {
        return domains.isEmpty() || CanonicalAddress.ofAlias(written).filter(address -> over(address.domain())).isPresent();
    }

    /** What is left of it where only these scopes and domains count. */
    Authority within(String as, Set<Scope> only, Optional<Set<String>> there) {
        Set<Scope> both = scopes.stream().filter(only::contains).collect(Collectors.toSet());
        Optional<Set<String>> reach = domains.isEmpty() ? there
                : Optional.of(domains.get().stream().filter(name -> there.isEmpty() || there.get().contains(name)).collect(Collectors.toSet()));
        return new Authority(as, account, both, reach);
    }
}
