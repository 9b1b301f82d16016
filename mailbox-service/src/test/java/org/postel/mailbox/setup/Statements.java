package org.postel.mailbox.setup;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A session that notes which single statements are executed. */
final class Statements implements Supplier<CqlSession> {

    private final Supplier<CqlSession> cassandra;
    private final List<String> executed = new CopyOnWriteArrayList<>();

    Statements(Supplier<CqlSession> cassandra) {
        this.cassandra = cassandra;
    }

    /** Those since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }

    @Override
    public CqlSession get() {
        CqlSession session = cassandra.get();
        return (CqlSession) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute") && arguments[0] instanceof BoundStatement statement) {
                executed.add(statement.getPreparedStatement().getQuery());
            }
            try {
                return method.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
