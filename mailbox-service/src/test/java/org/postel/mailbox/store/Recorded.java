package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A session that keeps what it is asked to execute. */
final class Recorded implements Supplier<CqlSession> {

    private final Supplier<CqlSession> cassandra;
    private final List<Object> statements = new CopyOnWriteArrayList<>();

    Recorded(Supplier<CqlSession> cassandra) {
        this.cassandra = cassandra;
    }

    @Override
    public CqlSession get() {
        CqlSession session = cassandra.get();
        return (CqlSession) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("execute")) {
                statements.add(arguments[0]);
            }
            try {
                return method.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** What is executed while something runs. */
    private List<Object> during(Runnable work) {
        statements.clear();
        work.run();
        return List.copyOf(statements);
    }

    /** The conditional batch of the one commit that is made meanwhile. */
    BatchStatement commitOf(Runnable work) {
        List<BatchStatement> commits = during(work).stream().filter(BatchStatement.class::isInstance).map(BatchStatement.class::cast)
                .filter(batch -> Boolean.FALSE.equals(batch.isIdempotent())).toList();
        if (commits.size() != 1) {
            throw new AssertionError(commits.size() + " commits");
        }
        return commits.getFirst();
    }

    /** The text of the reads of rows of kind 1 meanwhile. */
    List<String> readsOf(Runnable work) {
        return during(work).stream().filter(BoundStatement.class::isInstance)
                .map(statement -> ((BoundStatement) statement).getPreparedStatement().getQuery())
                .filter(query -> query.startsWith("SELECT") && query.contains("kind = 1")).toList();
    }
}
