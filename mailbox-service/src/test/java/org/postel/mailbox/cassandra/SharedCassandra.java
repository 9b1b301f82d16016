package org.postel.mailbox.cassandra;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
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

    private record Node(CassandraServer server) implements AutoCloseable {

        static Node start() {
            try {
                return new Node(CassandraServer.startTemporary());
            } catch (IOException e) {
                throw new IllegalStateException("Cassandra does not start", e);
            }
        }

        @Override
        public void close() {
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
            session.get().execute("DROP KEYSPACE " + keyspace(context));
            session.close();
        }
    }

    private static String keyspace(ExtensionContext context) {
        return "t" + UUID.nameUUIDFromBytes(context.getRequiredTestClass().getName().getBytes()).toString().replace("-", "");
    }

    private static CassandraConfig config(ExtensionContext context) {
        Node node = context.getRoot().getStore(NAMESPACE).computeIfAbsent("node", key -> Node.start(), Node.class);
        return config(Map.of(
                "postel.mailbox.cassandra.contact-points", "127.0.0.1:" + node.server().contactPoint().getPort(),
                "postel.mailbox.cassandra.keyspace", keyspace(context),
                "postel.mailbox.cassandra.request-timeout", "20s"));
    }

    /** The mapping with its defaults and some values. */
    static CassandraConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(CassandraConfig.class).withDefaultValues(values).build()
                .getConfigMapping(CassandraConfig.class);
    }

}
