package org.postel.mailbox.authority;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.postel.mailbox.directory.Account;
import org.postel.mailbox.directory.AccountStatus;

/** Says what an account may administer now. */
public final class Administrators {

    private final Function<UUID, Optional<Account>> accounts;
    private final RoleStore roles;

    public Administrators(Function<UUID, Optional<Account>> accounts, RoleStore roles) {
        this.accounts = accounts;
        this.roles = roles;
    }

    /** Empty: nothing, for it has no role, is suspended, or is not there. */
    public Optional<Authority> authority(UUID id) {
        return roles.of(id).flatMap(role -> accounts.apply(id).filter(account -> account.status() == AccountStatus.ACTIVE)
                .map(account -> Authority.of(account.address(), id, role)));
    }

    /** The role that an account has, whether or not it may use it now. */
    public Optional<Role> role(UUID id) {
        return roles.of(id);
    }

    /** Whether somebody may change an account: one of an administrator is changed by those who may make administrators only. */
    public boolean mayChange(Authority who, UUID account) {
        return who.may(Scope.ADMINISTRATORS) || roles.of(account).isEmpty();
    }

    /** Whether there is an account that administers everything. */
    public boolean anyGlobal() {
        return roles.all().values().stream().anyMatch(role -> role.domains().isEmpty());
    }

    /** Gives an account a role, or takes it away. */
    public void appoint(UUID account, Optional<Role> role) {
        roles.set(account, role);
    }
}
