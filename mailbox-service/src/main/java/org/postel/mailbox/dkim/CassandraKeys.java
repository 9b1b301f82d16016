package org.postel.mailbox.dkim;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKeyPair;

/** The table {@code dkim_key}. */
public final class CassandraKeys implements KeyStore {

    private final Cql cql;

    public CassandraKeys(Cql cql) {
        this.cql = cql;
    }

    @Override
    public List<DomainKey> of(String domain) {
        return Cql.asking(() -> cql.read("""
                SELECT domain, selector, algorithm, private_key, public_key, created_at, signs_from FROM dkim_key WHERE domain = ?""",
                domain).all()).stream().flatMap(row -> key(row).stream()).toList();
    }

    @Override
    public boolean add(DomainKey key) {
        return applied("""
                INSERT INTO dkim_key (domain, selector, algorithm, private_key, public_key, created_at, signs_from)
                VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS""", key.domain(), key.selector(), key.algorithm().tag(),
                ByteBuffer.wrap(key.pair().privateKey()), ByteBuffer.wrap(key.pair().publicKey()), key.createdAt(),
                key.signsFrom().orElse(null));
    }

    @Override
    public boolean begin(DomainKey key, Instant signsFrom) {
        // The date of the key too: a row that is gone has no signs_from either.
        return applied("UPDATE dkim_key SET signs_from = ? WHERE domain = ? AND selector = ? IF signs_from = null AND created_at = ?",
                signsFrom, key.domain(), key.selector(), key.createdAt());
    }

    @Override
    public void remove(DomainKey key) {
        applied("DELETE FROM dkim_key WHERE domain = ? AND selector = ? IF EXISTS", key.domain(), key.selector());
    }

    // What a newer release signs with is nothing to this one.
    private static Optional<DomainKey> key(Row row) {
        return Algorithm.ofTag(row.getString("algorithm")).map(algorithm -> new DomainKey(row.getString("domain"), row.getString("selector"),
                DkimKeyPair.of(algorithm, octets(row, "private_key"), octets(row, "public_key")), row.getInstant("created_at"),
                Optional.ofNullable(row.getInstant("signs_from"))));
    }

    private static byte[] octets(Row row, String column) {
        ByteBuffer value = row.getByteBuffer(column);
        byte[] octets = new byte[value.remaining()];
        value.get(octets);
        return octets;
    }

    private boolean applied(String change, Object... values) {
        try {
            return cql.applied(List.of(cql.bind(change, values)));
        } catch (UnknownOutcomeException e) {
            // Whoever asked for the change asks again, and then sees how things are.
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the outcome of a change is unknown", e);
        }
    }
}
