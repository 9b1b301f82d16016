package org.postel.mailbox.lease;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.UnknownOutcomeException;
import org.postel.mailbox.storage.StoreException;

/** Leases in the table {@code lease}. */
public final class CassandraLeases implements Leases {

    private static final Logger LOG = Logger.getLogger(CassandraLeases.class);
    private static final int ATTEMPTS = 4;

    private static final String READ = "SELECT holder, ground, fencing_token FROM lease WHERE name = ?";
    private static final String FIRST = "UPDATE lease SET fencing_token = ? WHERE name = ? IF fencing_token = null AND holder = null";
    private static final String NEXT = "UPDATE lease SET fencing_token = ? WHERE name = ? IF fencing_token = ? AND holder = null";
    private static final String HOLD = "UPDATE lease USING TTL ? SET holder = ?, ground = ? WHERE name = ?";
    private static final String RENEW = "UPDATE lease USING TTL ? SET holder = ?, ground = ? WHERE name = ? IF holder = ? AND fencing_token = ?";
    private static final String RELEASE = "DELETE holder, ground FROM lease WHERE name = ? IF holder = ? AND fencing_token = ?";

    private final Cql cql;

    public CassandraLeases(Cql cql) {
        this.cql = cql;
    }

    @Override
    public Optional<Lease> acquire(String name, String holder, String ground, Duration ttl, Predicate<String> over) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Standing now = read(name);
            if (now.holder.isPresent() && !now.holder.get().equals(holder)) {
                if (now.ground.isEmpty() || !over.test(now.ground)) {
                    return Optional.empty();
                }
                release(new Lease(name, now.holder.get(), now.ground, now.token, ttl));
            } else if (now.holder.isPresent()) {
                Lease own = new Lease(name, holder, ground, now.token, ttl);
                if (renewed(own)) {
                    return Optional.of(own);
                }
            } else {
                Lease next = new Lease(name, holder, ground, now.token + 1, ttl);
                if (taken(now, next)) {
                    return Optional.of(next);
                }
            }
        }
        throw new StoreException(StoreException.Problem.UNAVAILABLE, "could not learn who holds the lease " + name);
    }

    @Override
    public Lease renew(Lease lease) throws LeaseLostException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (renewed(lease)) {
                return lease;
            }
            Standing now = read(lease.name());
            if (now.token != lease.fencingToken() || now.holder.filter(lease.holder()::equals).isEmpty()) {
                throw new LeaseLostException(lease.name());
            }
        }
        throw new StoreException(StoreException.Problem.UNAVAILABLE, "could not learn whether the lease is renewed: " + lease.name());
    }

    @Override
    public void release(Lease lease) {
        conditional(List.of(cql.bind(RELEASE, lease.name(), lease.holder(), lease.fencingToken())));
    }

    private record Standing(long token, Optional<String> holder, String ground) {}

    private Standing read(String name) {
        // Serial: finishes a conditional write that is still under way, so that its outcome is known.
        return cql.serial(READ, name)
                .map(row -> new Standing(row.getLong("fencing_token"), Optional.ofNullable(row.getString("holder")),
                        Optional.ofNullable(row.getString("ground")).orElse("")))
                .orElseGet(() -> new Standing(0, Optional.empty(), ""));
    }

    private boolean taken(Standing before, Lease next) {
        BoundStatement rise = before.token == 0
                ? cql.bind(FIRST, next.fencingToken(), next.name()) : cql.bind(NEXT, next.fencingToken(), next.name(), before.token);
        return conditional(List.of(rise, cql.bind(HOLD, seconds(next.ttl()), next.holder(), next.ground(), next.name())));
    }

    private boolean renewed(Lease lease) {
        return conditional(List.of(cql.bind(RENEW, seconds(lease.ttl()), lease.holder(), lease.ground(), lease.name(), lease.holder(), lease.fencingToken())));
    }

    private boolean conditional(List<BoundStatement> statements) {
        try {
            return cql.applied(statements);
        } catch (UnknownOutcomeException e) {
            LOG.debugf("unknown whether a lease was changed: %s", e.getCause());
            return false;
        }
    }

    private static int seconds(Duration ttl) {
        return Math.toIntExact(Math.max(1, ttl.toSeconds()));
    }
}
