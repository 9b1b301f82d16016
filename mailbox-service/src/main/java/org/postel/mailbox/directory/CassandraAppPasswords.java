package org.postel.mailbox.directory;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.storage.StoreException;

/** App passwords in Cassandra: tables {@code app_password}, changed by conditional writes, and {@code app_password_use}, which is not. */
public final class CassandraAppPasswords implements AppPasswordStore {

    private final Cql cql;

    public CassandraAppPasswords(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Optional<AppPassword> find(UUID account, String id) {
        return Optional.ofNullable(cql.read("SELECT id, name, hash, protocols, created_at FROM app_password WHERE account_id = ? AND id = ?",
                account, id).one()).map(CassandraAppPasswords::password);
    }

    @Override
    public All all(UUID account) {
        List<Row> rows = Cql.asking(() ->
                cql.read("SELECT id, revision, name, hash, protocols, created_at FROM app_password WHERE account_id = ?", account).all());
        // A partition whose last row was removed still has its revision, in a row without id.
        return new All(rows.isEmpty() ? 0 : rows.getFirst().getInt("revision"), rows.stream().filter(row -> row.getString("id") != null)
                .map(CassandraAppPasswords::password).sorted(Comparator.comparing(AppPassword::id)).toList());
    }

    @Override
    public boolean add(UUID account, All before, AppPassword added) {
        Integer revision = before.revision() == 0 ? null : before.revision();
        return applied(List.of(
                cql.bind("UPDATE app_password SET revision = ? WHERE account_id = ? IF revision = ?", before.revision() + 1, account, revision),
                cql.bind("INSERT INTO app_password (account_id, id, name, hash, protocols, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                        account, added.id(), added.name(), ByteBuffer.wrap(added.hash()), claims(added.protocols()), added.created())));
    }

    @Override
    public boolean remove(UUID account, String id) {
        boolean removed = applied(List.of(cql.bind("DELETE FROM app_password WHERE account_id = ? AND id = ? IF EXISTS", account, id)));
        cql.write("DELETE FROM app_password_use WHERE account_id = ? AND id = ?", account, id);
        return removed;
    }

    @Override
    public void removeAll(UUID account) {
        cql.write("DELETE FROM app_password WHERE account_id = ?", account);
        cql.write("DELETE FROM app_password_use WHERE account_id = ?", account);
    }

    @Override
    public Optional<AppPassword.Use> lastUse(UUID account, String id) {
        return Optional.ofNullable(cql.read("SELECT at, protocol, address FROM app_password_use WHERE account_id = ? AND id = ?", account, id).one())
                .flatMap(row -> SessionProtocol.of(row.getString("protocol"))
                        .map(protocol -> new AppPassword.Use(row.getInstant("at"), protocol, row.getString("address"))));
    }

    @Override
    public void used(UUID account, String id, AppPassword.Use use) {
        cql.write("INSERT INTO app_password_use (account_id, id, at, protocol, address) VALUES (?, ?, ?, ?, ?)",
                account, id, use.at(), use.protocol().claim(), use.address());
    }

    private boolean applied(List<BoundStatement> statements) {
        try {
            return cql.applied(statements);
        } catch (UnknownOutcomeException e) {
            // Whoever asked for the change can look and ask again: a password that nobody was shown opens nothing.
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }

    private static AppPassword password(Row row) {
        ByteBuffer hash = row.getByteBuffer("hash");
        byte[] octets = new byte[hash.remaining()];
        hash.duplicate().get(octets);
        return new AppPassword(row.getString("id"), row.getString("name"), octets, row.getSet("protocols", String.class).stream()
                .flatMap(claim -> SessionProtocol.of(claim).stream()).collect(Collectors.toSet()), row.getInstant("created_at"));
    }

    private static Set<String> claims(Set<SessionProtocol> protocols) {
        return protocols.stream().map(SessionProtocol::claim).collect(Collectors.toSet());
    }
}
