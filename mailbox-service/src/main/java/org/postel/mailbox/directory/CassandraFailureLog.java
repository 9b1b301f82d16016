package org.postel.mailbox.directory;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.StoreException;

/** In the table {@code login_failure}, dated by Cassandra, whatever the clocks of the instances say. Rows expire. */
public final class CassandraFailureLog implements FailureLog {

    private static final Logger LOG = Logger.getLogger(CassandraFailureLog.class);
    /** More are never needed to see that a limit is reached. */
    private static final int MOST = 1000;

    private final Cql cql;

    public CassandraFailureLog(Cql cql) {
        this.cql = cql;
    }

    @Override
    public List<Duration> add(String scope, Duration memory) {
        try {
            cql.write("INSERT INTO login_failure (scope, at) VALUES (?, now()) USING TTL ?", scope, (int) Math.max(1, memory.toSeconds()));
            List<Row> newestFirst = Cql.asking(() -> cql.read("SELECT at FROM login_failure WHERE scope = ? LIMIT ?", scope, MOST).all());
            return newestFirst.reversed().stream().map(row -> Duration.ofMillis(millis(newestFirst.getFirst()) - millis(row))).toList();
        } catch (StoreException e) {
            // Each instance counts its own meanwhile.
            LOG.debugf("a failed log-in was not shared: %s", e.getMessage());
            return List.of();
        }
    }

    private static long millis(Row row) {
        return Uuids.unixTimestamp(row.getUuid("at"));
    }
}
