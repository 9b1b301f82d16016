package org.postel.mailbox.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * The one session of the process. Opened when it is first asked for, with keyspace and schema made ready; while Cassandra is
 * down each ask tries again and fails as UNAVAILABLE.
 */
public final class CassandraSession implements Supplier<CqlSession>, AutoCloseable {

    private final CassandraConfig config;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Optional<CqlSession> session = Optional.empty();

    public CassandraSession(CassandraConfig config) {
        this.config = config;
    }

    @Override
    public CqlSession get() {
        return session.orElseGet(this::open);
    }

    /** Whether it is open; does not open it. */
    public boolean isOpen() {
        return session.isPresent();
    }

    private CqlSession open() {
        opening.lock();
        try {
            if (session.isEmpty()) {
                prepareSchema();
                session = Optional.of(builder().withKeyspace(config.keyspace()).build());
            }
            return session.get();
        } catch (DriverException e) {
            throw new StoreException(Problem.UNAVAILABLE, "Cassandra is not reachable: " + Optional.ofNullable(e.getMessage()).orElseGet(e::toString), e);
        } finally {
            opening.unlock();
        }
    }

    private void prepareSchema() {
        try (CqlSession plain = builder().build()) {
            plain.execute("CREATE KEYSPACE IF NOT EXISTS " + config.keyspace() + " WITH replication = " + config.replication());
            plain.execute("USE " + config.keyspace());
            new Migrations(plain, config.schemaLease()).apply();
        }
    }

    private CqlSessionBuilder builder() {
        ClassLoader loader = CqlSession.class.getClassLoader();
        CqlSessionBuilder builder = CqlSession.builder()
                .withClassLoader(loader)
                .withLocalDatacenter(config.datacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder(loader)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, config.requestTimeout())
                        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, config.requestTimeout())
                        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, config.requestTimeout())
                        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, config.requestTimeout())
                        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                        .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                        // Of two writes to a cell the one with the later time stays. By our pods' clocks, what a pod wrote that is
                        // five minutes ahead could not be undone by another for so long. Nodes' clocks differ by less, but writes
                        // of one pod may be dated by several: where their order counts, the later one says its time.
                        .withString(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, "ServerSideTimestampGenerator")
                        .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, config.connections())
                        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 4096)
                        // A node that comes back is used at once: until then, with one node, nothing can be stored.
                        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(250))
                        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(1))
                        .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                        // Nothing is under way when a session is closed: two seconds of quiet are only waited for.
                        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                        .build());
        config.contactPoints().forEach(point -> builder.addContactPoint(address(point)));
        config.username().ifPresent(name -> builder.withAuthCredentials(name, password()));
        return builder;
    }

    private static InetSocketAddress address(String point) {
        int colon = point.lastIndexOf(':');
        return new InetSocketAddress(point.substring(0, colon), Integer.parseInt(point.substring(colon + 1)));
    }

    private String password() {
        try {
            return Files.readString(config.passwordFile().orElseThrow()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.ifPresent(CqlSession::close);
    }
}
