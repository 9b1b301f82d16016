package org.postel.mailbox.setup;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A session that lets some commits through, and then loses some before they reach Cassandra: all, when its pod dies. */
public final class CutOff implements Supplier<CqlSession> {

    private final Supplier<CqlSession> cassandra;
    private final AtomicInteger through = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger lost = new AtomicInteger();

    public CutOff(Supplier<CqlSession> cassandra) {
        this.cassandra = cassandra;
    }

    /** From now on. */
    public void after(int batches, int losing) {
        through.set(batches);
        lost.set(losing);
    }

    public static boolean isOnCondition(BatchStatement batch) {
        return Boolean.FALSE.equals(batch.isIdempotent());
    }

    /** Whether it is a commit without a condition: the timestamp of what ends a tenure is a multiple of 2^20, that of a commit never is. */
    public static boolean isOfSoleWriter(BatchStatement batch) {
        return batch.getQueryTimestamp() != Statement.NO_DEFAULT_TIMESTAMP && batch.getQueryTimestamp() % (1 << 20) != 0;
    }

    @Override
    public CqlSession get() {
        CqlSession session = cassandra.get();
        return (CqlSession) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
            boolean commit = method.getName().equals("execute") && arguments[0] instanceof BatchStatement batch && (isOnCondition(batch) || isOfSoleWriter(batch));
            if (commit && through.getAndDecrement() <= 0 && lost.getAndDecrement() > 0) {
                throw new DriverTimeoutException("cut off");
            }
            try {
                return method.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
