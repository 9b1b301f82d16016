package org.postel.mailbox.lease;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Leases in the table {@code lease}. */
public final class CassandraLeases implements Leases {

    private static final int ATTEMPTS = 3;

    private static final String READ = "SELECT holder, token FROM lease WHERE name = ?";
    private static final String FIRST = """
            BEGIN BATCH
              UPDATE lease SET token = ? WHERE name = ? IF token = null AND holder = null;
              UPDATE lease USING TTL ? SET holder = ? WHERE name = ?;
            APPLY BATCH""";
    private static final String NEXT = """
            BEGIN BATCH
              UPDATE lease SET token = ? WHERE name = ? IF token = ? AND holder = null;
              UPDATE lease USING TTL ? SET holder = ? WHERE name = ?;
            APPLY BATCH""";
    private static final String RENEW = "UPDATE lease USING TTL ? SET holder = ? WHERE name = ? IF holder = ? AND token = ?";
    private static final String RELEASE = "DELETE holder FROM lease WHERE name = ? IF holder = ? AND token = ?";

    private final Supplier<CqlSession> cassandra;

    public CassandraLeases(Supplier<CqlSession> cassandra) {
        this.cassandra = cassandra;
    }

    @Override
    public Optional<Lease> acquire(String name, String holder, Duration ttl) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Standing now = read(name);
            if (now.holder.isPresent() && !now.holder.get().equals(holder)) {
                return Optional.empty();
            }
            if (now.holder.isPresent()) {
                Lease own = new Lease(name, holder, now.token, ttl);
                if (renewed(own)) {
                    return Optional.of(own);
                }
            } else if (taken(now, name, holder, ttl)) {
                return Optional.of(new Lease(name, holder, now.token + 1, ttl));
            }
        }
        return Optional.empty();
    }

    @Override
    public Lease renew(Lease lease) throws LeaseLostException {
        if (!renewed(lease)) {
            throw new LeaseLostException(lease.name());
        }
        return lease;
    }

    @Override
    public void release(Lease lease) {
        conditional(SimpleStatement.newInstance(RELEASE, lease.name(), lease.holder(), lease.fencingToken()));
    }

    private record Standing(long token, Optional<String> holder) {}

    private Standing read(String name) {
        // SERIAL: finishes a conditional write that is still under way, so that its outcome is known.
        Row row = cassandra.get().execute(SimpleStatement.newInstance(READ, name)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)).one();
        return row == null
                ? new Standing(0, Optional.empty())
                : new Standing(row.getLong("token"), Optional.ofNullable(row.getString("holder")));
    }

    private boolean taken(Standing before, String name, String holder, Duration ttl) {
        long token = before.token + 1;
        SimpleStatement take = before.token == 0
                ? SimpleStatement.newInstance(FIRST, token, name, seconds(ttl), holder, name)
                : SimpleStatement.newInstance(NEXT, token, name, before.token, seconds(ttl), holder, name);
        return conditional(take) && holds(name, holder, token);
    }

    private boolean renewed(Lease lease) {
        return conditional(SimpleStatement.newInstance(RENEW, seconds(lease.ttl()), lease.holder(), lease.name(),
                lease.holder(), lease.fencingToken()));
    }

    private boolean holds(String name, String holder, long token) {
        Standing now = read(name);
        return now.token == token && now.holder.filter(holder::equals).isPresent();
    }

    private boolean conditional(SimpleStatement statement) {
        try {
            ResultSet result = cassandra.get().execute(statement
                    .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM)
                    .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                    .setIdempotent(false));
            return result.wasApplied();
        } catch (WriteTimeoutException | CASWriteUnknownException | DriverTimeoutException e) {
            // Unknown whether it applied: the next round reads and finds out.
            return false;
        }
    }

    private static int seconds(Duration ttl) {
        return Math.toIntExact(Math.max(1, ttl.toSeconds()));
    }
}
