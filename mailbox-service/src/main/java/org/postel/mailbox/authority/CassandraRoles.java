package org.postel.mailbox.authority;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;

/** Roles in Cassandra: table {@code administrator}. */
public final class CassandraRoles implements RoleStore {

    private final Cql cql;

    public CassandraRoles(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Optional<Role> of(UUID account) {
        return Optional.ofNullable(cql.read("SELECT everywhere, domains FROM administrator WHERE account_id = ?", account).one())
                .map(CassandraRoles::role);
    }

    @Override
    public Map<UUID, Role> all() {
        Map<UUID, Role> all = new HashMap<>();
        Cql.asking(() -> cql.read("SELECT account_id, everywhere, domains FROM administrator").all())
                .forEach(row -> all.put(row.getUuid("account_id"), role(row)));
        return all;
    }

    @Override
    public void set(UUID account, Optional<Role> role) {
        if (role.isEmpty()) {
            cql.write("DELETE FROM administrator WHERE account_id = ?", account);
        } else {
            cql.write("INSERT INTO administrator (account_id, everywhere, domains) VALUES (?, ?, ?)", account,
                    role.get().domains().isEmpty(), role.get().domains().orElse(null));
        }
    }

    /** A row that does not say "everywhere" is of its domains only, and of none when it has none. */
    private static Role role(Row row) {
        return row.getBoolean("everywhere") ? Role.GLOBAL : Role.of(row.getSet("domains", String.class));
    }
}
