package org.postel.mailbox.sending;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Mailbox;
import org.postel.mailbox.cassandra.Cql;

/** In the table {@code suppressed_address}. */
public final class CassandraSuppressions implements Suppressions {

    // Part of the primary key of stored rows: changing it needs a migration.
    private static final int BUCKETS = 16;
    private static final int LONGEST_REPLY = 500;

    private final Cql cql;
    private final Duration lifetime;
    private final Clock clock;

    /** @param lifetime of each; zero: there are none */
    public CassandraSuppressions(Cql cql, Duration lifetime, Clock clock) {
        if (lifetime.isNegative()) {
            throw new IllegalArgumentException("addresses are suppressed for a time that is not negative");
        }
        this.cql = cql;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public Optional<Suppressed> of(String address) {
        return lifetime.isZero() ? Optional.empty() : canonical(address).flatMap(key -> Optional.ofNullable(
                cql.read("SELECT address, reply, since FROM suppressed_address WHERE bucket = ? AND address = ?", bucket(key), key).one()))
                .map(CassandraSuppressions::suppressed);
    }

    @Override
    public void add(String address, String reply) {
        if (!lifetime.isZero()) {
            canonical(address).ifPresent(key -> cql.write("INSERT INTO suppressed_address (bucket, address, reply, since) VALUES (?, ?, ?, ?) USING TTL ?",
                    bucket(key), key, reply.substring(0, Math.min(reply.length(), LONGEST_REPLY)), clock.instant(), (int) lifetime.toSeconds()));
        }
    }

    @Override
    public boolean remove(String address) {
        Optional<String> key = canonical(address).filter(some -> of(some).isPresent());
        key.ifPresent(some -> cql.write("DELETE FROM suppressed_address WHERE bucket = ? AND address = ?", bucket(some), some));
        return key.isPresent();
    }

    @Override
    public List<Suppressed> list(Optional<String> after, int limit) {
        List<Suppressed> found = new ArrayList<>();
        Optional<String> last = after.flatMap(CassandraSuppressions::canonical);
        int first = last.map(CassandraSuppressions::bucket).orElse((byte) 0);
        for (int bucket = first; bucket < BUCKETS && found.size() < limit; bucket++) {
            String from = bucket == first ? last.orElse("") : "";
            byte here = (byte) bucket;
            int more = limit - found.size();
            Cql.asking(() -> cql.read("SELECT address, reply, since FROM suppressed_address WHERE bucket = ? AND address > ? LIMIT ?", here, from, more).all())
                    .forEach(row -> found.add(suppressed(row)));
        }
        return found;
    }

    private static Suppressed suppressed(Row row) {
        Instant since = row.getInstant("since");
        return new Suppressed(row.getString("address"), row.getString("reply"), since == null ? Instant.EPOCH : since);
    }

    private static Optional<String> canonical(String address) {
        try {
            return Optional.of(Mailbox.parse(address).canonical());
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    private static byte bucket(String address) {
        return (byte) Math.floorMod(address.hashCode(), BUCKETS);
    }
}
