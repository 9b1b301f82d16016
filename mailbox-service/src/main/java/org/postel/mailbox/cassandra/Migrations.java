package org.postel.mailbox.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Brings the schema of a keyspace up to date: the files that {@code migrations.txt} lists, in that order, each once. A
 * statement can be repeated without harm, so a migration that was cut off is simply run again.
 */
public final class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class);
    private static final String FOLDER = "/migrations/";
    private static final String LEASE = "lease";
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final CqlSession session;
    private final Duration lease;
    private final String holder = UUID.randomUUID().toString();

    /** @param lease how long a pod that died while it changed the schema keeps others from it */
    public Migrations(CqlSession session, Duration lease) {
        this.session = session;
        this.lease = lease;
    }

    /** Applies what is missing; waits while another pod does. */
    public void apply() {
        session.execute("CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, holder text, applied_at timestamp)");
        while (!missing().isEmpty()) {
            if (acquire()) {
                missing().forEach(this::run);
                session.execute(SimpleStatement.newInstance("DELETE FROM schema_migration WHERE name = ? IF holder = ?", LEASE, holder));
            } else {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** All migrations, in their order. */
    static List<String> names() {
        return read("migrations.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    private List<String> missing() {
        Set<String> applied = new HashSet<>();
        for (Row row : session.execute("SELECT name, applied_at FROM schema_migration")) {
            if (!row.isNull("applied_at")) {
                applied.add(row.getString("name"));
            }
        }
        return names().stream().filter(name -> !applied.contains(name)).toList();
    }

    private boolean acquire() {
        return session.execute(SimpleStatement.newInstance(
                "INSERT INTO schema_migration (name, holder) VALUES (?, ?) IF NOT EXISTS USING TTL ?",
                LEASE, holder, (int) lease.toSeconds())).wasApplied();
    }

    private void run(String name) {
        for (String statement : statements(read(name))) {
            session.execute(SimpleStatement.newInstance(statement).setTimeout(lease));
        }
        session.execute(SimpleStatement.newInstance("INSERT INTO schema_migration (name, applied_at) VALUES (?, ?)", name, Instant.now()));
        LOG.infof("schema migration %s applied", name);
    }

    static List<String> statements(String file) {
        String bare = String.join("\n", file.lines().filter(line -> !line.stripLeading().startsWith("--")).toList());
        return Arrays.stream(bare.split(";\\s*(\n|$)")).map(String::strip).filter(statement -> !statement.isEmpty()).toList();
    }

    private static String read(String name) {
        try (InputStream file = Migrations.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("migration " + name + " is listed and not there");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
