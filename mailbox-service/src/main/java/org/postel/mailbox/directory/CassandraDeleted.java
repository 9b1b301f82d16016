package org.postel.mailbox.directory;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;

/** Accounts to be removed in Cassandra: table {@code deleted_account}. */
public final class CassandraDeleted implements DeletedStore {

    private final Cql cql;

    public CassandraDeleted(Cql cql) {
        this.cql = cql;
    }

    @Override
    public void add(Deleted deleted) {
        cql.write("INSERT INTO deleted_account (account_id, address, since, status_before) VALUES (?, ?, ?, ?)", deleted.account(), deleted.address(),
                deleted.since(), deleted.before().name());
    }

    @Override
    public void remove(UUID account) {
        cql.write("DELETE FROM deleted_account WHERE account_id = ?", account);
    }

    @Override
    public List<Deleted> all() {
        return Cql.asking(() -> cql.read("SELECT account_id, address, since, status_before FROM deleted_account").all()).stream()
                .map(row -> new Deleted(row.getUuid("account_id"), row.getString("address"), row.getInstant("since"),
                        AccountStatus.valueOf(row.getString("status_before"))))
                .sorted(Comparator.comparing(Deleted::since)).toList();
    }
}
