package org.postel.mailbox.sending;

import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;
import org.postel.mailbox.cassandra.Cql;

/**
 * In the table {@code sts_policy}. A domain that is new when there are as many as there may be in its part of them is not kept, rather than
 * another forgotten: whoever makes us write to many domains must not end what others stand to.
 */
public final class CassandraStsPolicies implements StsPolicies {

    // Part of the primary key of stored rows: changing it needs a migration.
    private static final int BUCKETS = 128;
    private static final Logger LOG = Logger.getLogger(CassandraStsPolicies.class);

    private final Cql cql;
    private final int mostInBucket;
    private final Clock clock;

    /** @param most domains, roughly: each of 128 parts has its share */
    public CassandraStsPolicies(Cql cql, int most, Clock clock) {
        if (most < 1) {
            throw new IllegalArgumentException("postel.mailbox.sending.sts-policies is at least 1");
        }
        this.cql = cql;
        this.mostInBucket = Math.ceilDiv(most, BUCKETS);
        this.clock = clock;
    }

    @Override
    public Optional<StsPolicy> of(String domain) {
        // Looked at by the clock too, for a row lives on for the rest of its last second.
        return canonical(domain).flatMap(name -> Optional.ofNullable(
                cql.read("SELECT domain, id, policy, fetched, ends FROM sts_policy WHERE bucket = ? AND domain = ?", bucket(name), name).one()))
                .map(CassandraStsPolicies::policy).filter(policy -> policy.ends().isAfter(clock.instant()));
    }

    @Override
    public boolean keep(StsPolicy policy) {
        Duration left = Duration.between(clock.instant(), policy.ends());
        byte bucket = bucket(policy.domain());
        if (!left.isPositive()) {
            // It takes the place of the one before all the same.
            cql.write("DELETE FROM sts_policy WHERE bucket = ? AND domain = ?", bucket, policy.domain());
            return false;
        }
        if (!room(bucket, policy.domain())) {
            LOG.warnf("the MTA-STS policy of %s is not kept: there are as many as postel.mailbox.sending.sts-policies says", policy.domain());
            return false;
        }
        cql.write("INSERT INTO sts_policy (bucket, domain, id, policy, fetched, ends) VALUES (?, ?, ?, ?, ?, ?) USING TTL ?",
                bucket, policy.domain(), policy.id(), policy.text(), policy.fetched(), policy.ends(), Math.toIntExact(left.plusMillis(999).toSeconds()));
        return true;
    }

    /** Two that come at once may be one too many. */
    private boolean room(byte bucket, String domain) {
        return cql.read("SELECT domain FROM sts_policy WHERE bucket = ? AND domain = ?", bucket, domain).one() != null
                || Cql.asking(() -> cql.read("SELECT domain FROM sts_policy WHERE bucket = ? LIMIT ?", bucket, mostInBucket).all()).size() < mostInBucket;
    }

    private static StsPolicy policy(Row row) {
        return new StsPolicy(row.getString("domain"), row.getString("id"), row.getString("policy"), instant(row, "fetched"), instant(row, "ends"));
    }

    private static Instant instant(Row row, String column) {
        Instant value = row.getInstant(column);
        return value == null ? Instant.EPOCH : value;
    }

    private static Optional<String> canonical(String domain) {
        try {
            return Optional.of(Domain.parse(domain).canonical());
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }

    private static byte bucket(String domain) {
        return (byte) Math.floorMod(domain.hashCode(), BUCKETS);
    }
}
