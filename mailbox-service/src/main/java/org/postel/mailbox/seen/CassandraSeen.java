package org.postel.mailbox.seen;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.identity.SessionProtocol;

/** Notes in Cassandra: tables {@code login_seen} and {@code session_seen}, whose rows end by themselves. */
public final class CassandraSeen implements SeenStore {

    /** Two times as long as a session may be used without being noted again. */
    private static final Duration SESSION = SeenLogins.SESSION_INTERVAL.multipliedBy(2).plusMinutes(1);

    private final Cql cql;
    private final int seconds;

    /** @param kept how long log-ins are told */
    public CassandraSeen(Cql cql, Duration kept) {
        this.cql = cql;
        this.seconds = Math.toIntExact(kept.toSeconds());
    }

    @Override
    public void write(UUID account, long part, SeenLogin login) {
        SeenLogin.Alike how = login.how();
        cql.write("""
                INSERT INTO login_seen (account_id, day, protocol, address, app, result, part, mechanism, agent, first, last, count)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?""",
                account, how.day(), how.service().written(), how.address(), how.appPassword().orElse(""), how.result().name(), part,
                login.mechanism(), login.agent(), login.first(), login.last(), login.count(), seconds);
    }

    @Override
    public List<SeenLogin> logins(UUID account, int most) {
        return Cql.asking(() -> cql.read("""
                SELECT day, protocol, address, app, result, mechanism, agent, first, last, count FROM login_seen WHERE account_id = ? LIMIT ?""",
                account, most).all()).stream().flatMap(CassandraSeen::login).toList();
    }

    @Override
    public void write(UUID account, SeenSession session) {
        cql.write("INSERT INTO session_seen (account_id, id, protocol, address, app, opened, used) VALUES (?, ?, ?, ?, ?, ?, ?) USING TTL ?",
                account, session.id(), session.protocol().claim(), session.address(), session.appPassword().orElse(""), session.opened(),
                session.used(), (int) SESSION.toSeconds());
    }

    @Override
    public List<SeenSession> sessions(UUID account, int most) {
        return Cql.asking(() -> cql.read("SELECT id, protocol, address, app, opened, used FROM session_seen WHERE account_id = ? LIMIT ?",
                account, most).all()).stream().flatMap(CassandraSeen::session).toList();
    }

    private static Stream<SeenLogin> login(Row row) {
        return Service.of(row.getString("protocol")).stream().map(service -> new SeenLogin(new SeenLogin.Alike(row.getLocalDate("day"), service,
                row.getString("address"), app(row), SeenLogin.Result.valueOf(row.getString("result"))), row.getString("mechanism"),
                Optional.ofNullable(row.getString("agent")).orElse(""), row.getInstant("first"), row.getInstant("last"), row.getLong("count")));
    }

    private static Stream<SeenSession> session(Row row) {
        return SessionProtocol.of(row.getString("protocol")).stream().map(protocol -> new SeenSession(row.getString("id"), protocol,
                row.getString("address"), app(row), row.getInstant("opened"), row.getInstant("used")));
    }

    private static Optional<String> app(Row row) {
        return Optional.of(row.getString("app")).filter(id -> !id.isEmpty());
    }
}
