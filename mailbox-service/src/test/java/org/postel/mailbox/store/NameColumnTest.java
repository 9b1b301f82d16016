package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;

/** What comes late does not count, whichever pod wrote it. */
@ExtendWith(SharedCassandra.class)
class NameColumnTest {

    private final UUID mailbox = UUID.randomUUID();
    private MailboxLog log;
    private NameColumn names;

    @BeforeEach
    void aMailboxThatTellsItsName(CassandraSession session) {
        Cql cql = new Cql(session);
        log = new MailboxLog(cql);
        names = new NameColumn(cql);
        new LogWriter(cql, log, Clock.systemUTC()).create(mailbox, UUID.randomUUID(), 1);
        assertTold(5, "Plans", Optional.of("Plans"));
    }

    private Optional<String> told() {
        return log.header(mailbox).orElseThrow().name();
    }

    private void assertTold(long version, String name, Optional<String> after) {
        names.tell(mailbox, name, version).toCompletableFuture().join();
        assertEquals(after, told());
    }

    @Test
    void aNameIsTakenAway() {
        names.takeAway(List.of(mailbox), 6);
        assertEquals(Optional.empty(), told());
    }

    @Test
    void theNameOfAnOlderTreeComesTooLate() {
        names.takeAway(List.of(mailbox), 7);
        assertTold(6, "Plans", Optional.empty());
        assertTold(7, "Old", Optional.of("Old"));
        assertTold(6, "Plans", Optional.of("Old"));
    }

    @Test
    void aChangeThatDidNotComeAboutLeavesTheTreeToBeAsked() {
        names.takeAway(List.of(mailbox), 6);
        assertTold(5, "Plans", Optional.empty());
    }

    @Test
    void manyNamesAreTakenAway() {
        names.takeAway(Stream.concat(Stream.generate(UUID::randomUUID).limit(200), Stream.of(mailbox)).toList(), 6);
        assertEquals(Optional.empty(), told());
    }
}
