package org.postel.mailbox.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.postel.mailbox.setup.CutOff;

/** A session that counts commits, and whose commits without a condition can be held up, or time out. */
final class SteeredCommits implements Supplier<CqlSession> {

    private final Supplier<CqlSession> cassandra;
    private final AtomicInteger onCondition = new AtomicInteger();
    private final AtomicInteger alone = new AtomicInteger();
    private volatile CountDownLatch came = new CountDownLatch(0);
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

    enum Fault { NONE, LOST_ON_THE_WAY, ANSWER_LOST }

    SteeredCommits(Supplier<CqlSession> cassandra) {
        this.cassandra = cassandra;
    }

    int onCondition() {
        return onCondition.get();
    }

    int alone() {
        return alone.get();
    }

    /** Commits without a condition wait, before they reach Cassandra. */
    void hold() {
        came = new CountDownLatch(1);
        held = new CountDownLatch(1);
    }

    void awaitHeld() throws InterruptedException {
        came.await();
    }

    void release() {
        held.countDown();
    }

    /** What becomes of the next writes of commits without a condition. */
    void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    @Override
    public CqlSession get() {
        CqlSession session = cassandra.get();
        return (CqlSession) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CqlSession.class}, (proxy, method, arguments) -> {
            Fault mine = Fault.NONE;
            if (method.getName().equals("execute") && arguments[0] instanceof BatchStatement batch) {
                if (CutOff.isOnCondition(batch)) {
                    onCondition.incrementAndGet();
                } else if (CutOff.isOfSoleWriter(batch)) {
                    alone.incrementAndGet();
                    came.countDown();
                    held.await();
                    mine = faults.isEmpty() ? Fault.NONE : faults.remove();
                }
            }
            if (mine == Fault.LOST_ON_THE_WAY) {
                throw new DriverTimeoutException("lost on the way");
            }
            try {
                Object answer = method.invoke(session, arguments);
                if (mine == Fault.ANSWER_LOST) {
                    throw new DriverTimeoutException("the answer was lost");
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
