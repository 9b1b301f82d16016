package org.postel.mailbox.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCassandra.class)
class MigrationsTest {

    @Test
    void migrationsThatWereCutOffAreRunAgain(CassandraSession session) {
        session.get().execute("TRUNCATE schema_migration");
        new Migrations(session.get(), Duration.ofMinutes(1)).apply();
        Set<String> applied = new HashSet<>();
        session.get().execute("SELECT name FROM schema_migration").forEach(row -> applied.add(row.getString("name")));
        assertEquals(Set.copyOf(Migrations.names()), applied);
    }

    @Test
    void everyMigrationIsListedInTheOrderOfItsNumber() throws Exception {
        Path folder = Path.of(Migrations.class.getResource("/migrations/migrations.txt").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> there = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".cql")).sorted().toList();
            assertEquals(there, Migrations.names());
        }
    }

    @Test
    void statementsEndAtASemicolonAndCommentsAreLeftOut() {
        assertEquals(List.of("CREATE TABLE a (\n  b int\n)", "CREATE TABLE c (d int)"),
                Migrations.statements("-- a; comment\nCREATE TABLE a (\n  b int\n);\n\nCREATE TABLE c (d int);\n"));
    }

    @Test
    void theDefaultsReachALocalNode() {
        CassandraConfig config = SharedCassandra.config(Map.of());
        assertEquals(List.of("127.0.0.1:9042"), config.contactPoints());
        assertEquals("postel", config.keyspace());
        assertTrue(config.username().isEmpty());
    }
}
