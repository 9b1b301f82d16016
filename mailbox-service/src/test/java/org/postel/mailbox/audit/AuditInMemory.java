package org.postel.mailbox.audit;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.postel.mailbox.storage.StoreException;

/** A log that lives as long as the test; passes the same contract as the one in Cassandra. */
public final class AuditInMemory implements AuditLog {

    public final List<AuditEntry> entries = new ArrayList<>();
    private boolean away;

    /** From now on nothing can be written. */
    public void setAway() {
        away = true;
    }

    @Override
    public UUID begin(Act act) {
        if (away) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "the database does not answer");
        }
        UUID id = Uuids.timeBased();
        entries.add(new AuditEntry(id, Instant.ofEpochMilli(Uuids.unixTimestamp(id)), act, BEGUN));
        return id;
    }

    @Override
    public void end(UUID entry, String outcome) {
        entries.replaceAll(each -> each.id().equals(entry) ? new AuditEntry(each.id(), each.at(), each.act(), outcome) : each);
    }

    @Override
    public List<AuditEntry> list(LocalDate day, Optional<UUID> before, int limit) {
        List<AuditEntry> newest = entries.reversed().stream().filter(entry -> entry.at().atZone(ZoneOffset.UTC).toLocalDate().equals(day)).toList();
        int from = before.map(id -> newest.stream().map(AuditEntry::id).toList().indexOf(id) + 1).orElse(0);
        return newest.stream().skip(from).limit(limit).toList();
    }
}
