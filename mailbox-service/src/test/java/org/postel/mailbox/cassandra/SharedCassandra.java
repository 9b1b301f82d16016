package org.postel.mailbox.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postel.engines.CassandraServer;

/**
 * One real Cassandra for all integration tests of this module, started when the first one asks and stopped with the process.
 * Each class has a keyspace of its own, with the schema of the migrations: annotate it with {@code @ExtendWith} and take a
 * {@link CassandraSession} as a parameter. The keyspace goes with its class, since Cassandra holds about a MiB of heap for each table.
 */
public final class SharedCassandra implements ParameterResolver, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedCassandra.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** @param admin uses no keyspace */
    private record Node(CassandraServer server, CqlSession admin) implements AutoCloseable {

        static Node start() {
            try {
                CassandraServer server = CassandraServer.startTemporary();
                return new Node(server, CqlSession.builder().addContactPoint(server.contactPoint()).withLocalDatacenter(CassandraServer.DATACENTER)
                        .withConfigLoader(DriverConfigLoader.programmaticBuilder().withDuration(DefaultDriverOption.REQUEST_TIMEOUT, TIMEOUT)
                                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false).build()).build());
            } catch (IOException e) {
                throw new IllegalStateException("Cassandra does not start", e);
            }
        }

        @Override
        public void close() {
            admin.close();
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == CassandraSession.class || type == CassandraConfig.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        CassandraSession session = context.getRoot().getStore(NAMESPACE).computeIfAbsent(context.getRequiredTestClass(),
                key -> new CassandraSession(config(context)), CassandraSession.class);
        return parameter.getParameter().getType() == CassandraSession.class ? session : config(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        CassandraSession session = context.getRoot().getStore(NAMESPACE).remove(context.getRequiredTestClass(), CassandraSession.class);
        if (session != null) {
            // Waits for what is under way beside the tests: Cassandra does not get over a table that goes while it is written to.
            session.close();
            node(context).admin().execute("DROP KEYSPACE IF EXISTS " + keyspace(context));
        }
    }

    private static String keyspace(ExtensionContext context) {
        return "t" + UUID.nameUUIDFromBytes(context.getRequiredTestClass().getName().getBytes()).toString().replace("-", "");
    }

    private static Node node(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent("node", key -> Node.start(), Node.class);
    }

    private static CassandraConfig config(ExtensionContext context) {
        return config(Map.of(
                "postel.mailbox.cassandra.contact-points", "127.0.0.1:" + node(context).server().contactPoint().getPort(),
                "postel.mailbox.cassandra.keyspace", keyspace(context),
                "postel.mailbox.cassandra.request-timeout", TIMEOUT.toString()));
    }

    /** The mapping with its defaults and some values. */
    static CassandraConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(CassandraConfig.class).withDefaultValues(values).build()
                .getConfigMapping(CassandraConfig.class);
    }

}
