package org.postel.mailbox.authority;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;

/** Tokens in Cassandra: table {@code api_token}, whose rows live until their token ends. */
public final class CassandraApiTokens implements ApiTokenStore {

    private static final String COLUMNS = "SELECT id, name, scopes, domains, account_id, everywhere, maker, created_at, ends_at FROM api_token";

    private final Cql cql;
    private final Clock clock;

    public CassandraApiTokens(Cql cql, Clock clock) {
        this.cql = cql;
        this.clock = clock;
    }

    @Override
    public Optional<ApiToken> find(String id) {
        return Optional.ofNullable(cql.read(COLUMNS + " WHERE id = ?", id).one()).map(CassandraApiTokens::token);
    }

    @Override
    public List<ApiToken> all() {
        return Cql.asking(() -> cql.read(COLUMNS).all()).stream().map(CassandraApiTokens::token).sorted(Comparator.comparing(ApiToken::id)).toList();
    }

    @Override
    public void add(ApiToken token) {
        long seconds = Math.max(1, Duration.between(clock.instant(), token.ends()).toSeconds());
        cql.write("""
                INSERT INTO api_token (id, name, scopes, domains, everywhere, account_id, maker, created_at, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?""",
                token.id(), token.name(), token.scopes().stream().map(Scope::word).collect(Collectors.toSet()), token.domains().orElse(null),
                token.domains().isEmpty(), token.account().orElse(null), token.maker(), token.created(), token.ends(), (int) seconds);
    }

    @Override
    public boolean remove(String id) {
        try {
            return cql.applied(List.of(cql.bind("DELETE FROM api_token WHERE id = ? IF EXISTS", id)));
        } catch (UnknownOutcomeException e) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "a token may or may not be revoked: try again", e);
        }
    }

    /** A scope that this release does not know is not given. */
    private static ApiToken token(Row row) {
        Set<Scope> scopes = row.getSet("scopes", String.class).stream().flatMap(word -> Scope.of(word).stream()).collect(Collectors.toSet());
        return new ApiToken(row.getString("id"), row.getString("name"), scopes,
                row.getBoolean("everywhere") ? Optional.empty() : Optional.of(row.getSet("domains", String.class)),
                Optional.ofNullable(row.getUuid("account_id")), row.getString("maker"), row.getInstant("created_at"), row.getInstant("ends_at"));
    }
}
