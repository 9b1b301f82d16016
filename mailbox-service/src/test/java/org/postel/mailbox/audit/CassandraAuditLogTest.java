package org.postel.mailbox.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

@ExtendWith(SharedCassandra.class)
class CassandraAuditLogTest {

    private static final Duration KEPT = Duration.ofDays(400);

    @Test
    void actsAreListedNewestFirstInParts(CassandraSession session) {
        for (AuditLog log : List.of(new AuditInMemory(), new CassandraAuditLog(new Cql(session), KEPT))) {
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.add(log.begin(new Act("launcher", "192.0.2.1", "account.add", i + "@example.test", "{}")));
            }
            log.end(ids.get(4), "done");
            LocalDate day = log instanceof AuditInMemory memory ? memory.entries.getLast().at().atZone(ZoneOffset.UTC).toLocalDate() : LocalDate.now(ZoneOffset.UTC);
            List<AuditEntry> first = log.list(day, Optional.empty(), 2);
            assertEquals(List.of("done", AuditLog.BEGUN), first.stream().map(AuditEntry::outcome).toList());
            assertEquals(new Act("launcher", "192.0.2.1", "account.add", "4@example.test", "{}"), first.getFirst().act());
            assertEquals(List.of(ids.get(2), ids.get(1), ids.get(0)), log.list(day, Optional.of(first.getLast().id()), 3).stream().map(AuditEntry::id).toList());
            assertEquals(List.of(), log.list(day.plusDays(2), Optional.empty(), 10));
        }
    }

    /** All columns of an entry, the outcome too, live as long as is configured. */
    @Test
    void anEntryEnds(CassandraSession session) {
        CassandraAuditLog log = new CassandraAuditLog(new Cql(session), KEPT);
        UUID id = log.begin(new Act("who", "from", "what", "on", "detail"));
        log.end(id, "done");
        session.get().execute("SELECT TTL(who) AS who, TTL(outcome) AS outcome FROM audit").forEach(row -> {
            assertTrue(row.getInt("who") > KEPT.minusDays(1).toSeconds(), "who");
            assertTrue(row.getInt("outcome") > KEPT.minusDays(1).toSeconds(), "outcome");
        });
        assertThrows(IllegalArgumentException.class, () -> new CassandraAuditLog(new Cql(session), Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new CassandraAuditLog(new Cql(session), Duration.ofDays(7_001)));
    }

    @Test
    void whatIsTooLongIsCut() {
        assertEquals(Act.LONGEST_DETAIL, new Act("a", "b", "c", "d", "x".repeat(10_000)).detail().length());
        assertEquals(500, new Act("a", "b", "c", "d".repeat(10_000), "").on().length());
    }
}
