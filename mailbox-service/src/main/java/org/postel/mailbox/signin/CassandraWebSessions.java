package org.postel.mailbox.signin;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;

/** Sessions of the pages in Cassandra: table {@code web_session}. */
public final class CassandraWebSessions implements WebSessionStore {

    private static final String COLUMNS = "SELECT account_id, id, credential_version, created_at, agent, used_at, address FROM web_session ";

    private final Cql cql;

    public CassandraWebSessions(Cql cql) {
        this.cql = cql;
    }

    @Override
    public void add(WebSession session, Duration longest, Duration idle) {
        cql.writeTogether(List.of(
                cql.bind("INSERT INTO web_session (account_id, id, credential_version, created_at, agent) VALUES (?, ?, ?, ?, ?) USING TTL ?",
                        session.account(), session.id(), session.credentialVersion(), session.created(), session.agent(), seconds(longest)),
                use(session.account(), session.id(), session.used(), session.address(), idle)));
    }

    @Override
    public Optional<WebSession> find(UUID account, String id) {
        return Optional.ofNullable(cql.read(COLUMNS + "WHERE account_id = ? AND id = ?", account, id).one())
                .filter(CassandraWebSessions::stands).map(CassandraWebSessions::session);
    }

    @Override
    public List<WebSession> all(UUID account) {
        return Cql.asking(() -> cql.read(COLUMNS + "WHERE account_id = ?", account).all()).stream()
                .filter(CassandraWebSessions::stands).map(CassandraWebSessions::session).toList();
    }

    @Override
    public void used(UUID account, String id, Instant at, String address, Duration idle) {
        cql.writeTogether(List.of(use(account, id, at, address, idle)));
    }

    @Override
    public void remove(UUID account, String id) {
        cql.write("DELETE FROM web_session WHERE account_id = ? AND id = ?", account, id);
    }

    @Override
    public void removeAll(UUID account) {
        cql.write("DELETE FROM web_session WHERE account_id = ?", account);
    }

    private BoundStatement use(UUID account, String id, Instant at, String address, Duration idle) {
        return cql.bind("UPDATE web_session USING TTL ? SET used_at = ?, address = ? WHERE account_id = ? AND id = ?",
                seconds(idle), at, address, account, id);
    }

    private static boolean stands(Row row) {
        return row.getInstant("created_at") != null && row.getInstant("used_at") != null;
    }

    private static WebSession session(Row row) {
        return new WebSession(row.getUuid("account_id"), row.getString("id"), row.getInt("credential_version"), row.getInstant("created_at"),
                row.getString("agent"), row.getInstant("used_at"), row.getString("address"));
    }

    private static int seconds(Duration life) {
        return Math.toIntExact(Math.max(1, life.toSeconds()));
    }
}
