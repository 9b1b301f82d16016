package org.postel.mailbox.authority;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where the roles of accounts are kept. */
public interface RoleStore {

    /** Of an account; empty: it is no administrator. */
    Optional<Role> of(UUID account);

    /** All there are. */
    Map<UUID, Role> all();

    /** Gives an account a role, or takes it away. */
    void set(UUID account, Optional<Role> role);
}
