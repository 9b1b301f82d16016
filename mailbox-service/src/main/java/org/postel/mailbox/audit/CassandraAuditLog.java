package org.postel.mailbox.audit;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.cassandra.Cql;

/** The audit log in Cassandra: table {@code audit}, a partition for each day of UTC. */
public final class CassandraAuditLog implements AuditLog {

    private static final int LONGEST_OUTCOME = 500;

    private final Cql cql;
    private final int seconds;

    /** @param kept how long an entry is kept; at least a day */
    public CassandraAuditLog(Cql cql, Duration kept) {
        if (kept.compareTo(Duration.ofDays(1)) < 0 || kept.compareTo(Duration.ofDays(7_000)) > 0) {
            throw new IllegalArgumentException("postel.mailbox.audit.kept is from 1 to 7000 days");
        }
        this.cql = cql;
        this.seconds = (int) kept.toSeconds();
    }

    @Override
    public UUID begin(Act act) {
        UUID id = Uuids.timeBased();
        cql.write("INSERT INTO audit (day, at, who, from_address, what, target, detail, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?",
                day(id), id, act.who(), act.from(), act.what(), act.on(), act.detail(), BEGUN, seconds);
        return id;
    }

    @Override
    public void end(UUID entry, String outcome) {
        cql.write("UPDATE audit USING TTL ? SET outcome = ? WHERE day = ? AND at = ?", seconds,
                outcome.substring(0, Math.min(outcome.length(), LONGEST_OUTCOME)), day(entry), entry);
    }

    @Override
    public List<AuditEntry> list(LocalDate day, Optional<UUID> before, int limit) {
        String columns = "SELECT at, who, from_address, what, target, detail, outcome FROM audit WHERE day = ?";
        return Cql.asking(() -> (before.isPresent() ? cql.read(columns + " AND at < ? LIMIT ?", day, before.get(), limit)
                : cql.read(columns + " LIMIT ?", day, limit)).all()).stream().map(CassandraAuditLog::entry).toList();
    }

    private static LocalDate day(UUID id) {
        return at(id).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant at(UUID id) {
        return Instant.ofEpochMilli(Uuids.unixTimestamp(id));
    }

    private static AuditEntry entry(Row row) {
        UUID id = row.getUuid("at");
        return new AuditEntry(id, at(id), new Act(row.getString("who"), row.getString("from_address"), row.getString("what"),
                row.getString("target"), row.getString("detail")), row.getString("outcome"));
    }
}
