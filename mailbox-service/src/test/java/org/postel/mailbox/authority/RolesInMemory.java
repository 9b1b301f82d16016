package org.postel.mailbox.authority;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Roles that live as long as the test; pass the same contract as those in Cassandra. */
public final class RolesInMemory implements RoleStore {

    private final Map<UUID, Role> roles = new ConcurrentHashMap<>();

    @Override
    public Optional<Role> of(UUID account) {
        return Optional.ofNullable(roles.get(account));
    }

    @Override
    public Map<UUID, Role> all() {
        return Map.copyOf(roles);
    }

    @Override
    public void set(UUID account, Optional<Role> role) {
        role.ifPresentOrElse(given -> roles.put(account, given), () -> roles.remove(account));
    }
}
