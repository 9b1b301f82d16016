package org.postel.mailbox.setup;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.function.Supplier;

/** A session whose commits, and the batches that end a tenure, now and then time out: before they reach Cassandra, or after they were applied there. */
final class Faults implements Supplier<CqlSession> {

    private final Supplier<CqlSession> cassandra;
    private final Random random;
    private final int oneIn;

    Faults(Supplier<CqlSession> cassandra, Random random, int oneIn) {
        this.cassandra = cassandra;
        this.random = random;
        this.oneIn = oneIn;
    }

    @Override
    public CqlSession get() {
        CqlSession session = cassandra.get();
        return (CqlSession) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
            boolean commit = method.getName().equals("execute") && arguments[0] instanceof BatchStatement batch
                    && (Boolean.FALSE.equals(batch.isIdempotent()) || batch.getQueryTimestamp() != Statement.NO_DEFAULT_TIMESTAMP);
            boolean fails = commit && random.nextInt(oneIn) == 0;
            if (fails && random.nextBoolean()) {
                throw new DriverTimeoutException("lost on the way");
            }
            try {
                Object answer = method.invoke(session, arguments);
                if (fails) {
                    throw new DriverTimeoutException("the answer was lost");
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
