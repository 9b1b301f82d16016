package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.transit.TransitTables.Write;

/** Writes that do not wait for each other, a bounded number at a time; rows of one partition go together. One thread. */
final class ManyWrites {

    private static final int AT_ONCE = 128;
    private static final int MOST_ROWS = 50;
    // Cassandra refuses a batch of more than 50 KiB.
    private static final int MOST_OCTETS = 24 * 1024;
    private static final int ROW_OCTETS = 100;

    private final Cql cql;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Map<List<Object>, Together> waiting = new HashMap<>();

    private static final class Together {
        private final List<BoundStatement> rows = new ArrayList<>();
        private int octets;
    }

    ManyWrites(Cql cql) {
        this.cql = cql;
    }

    void add(Write write) throws InterruptedException {
        Together together = waiting.computeIfAbsent(write.partition(), absent -> new Together());
        if (together.rows.size() == MOST_ROWS || together.octets + write.octets() > MOST_OCTETS) {
            begin(together);
        }
        together.rows.add(write.statement());
        together.octets += write.octets() + ROW_OCTETS;
    }

    private void begin(Together together) throws InterruptedException {
        if (together.rows.isEmpty()) {
            return;
        }
        Statement<?> statement = together.rows.size() == 1 ? together.rows.getFirst() : cql.together(together.rows);
        together.rows.clear();
        together.octets = 0;
        free.acquire();
        try {
            cql.writeAsync(statement).whenComplete((done, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
                free.release();
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    /** Drops what was not begun; after a failure it comes again. */
    void forget() {
        waiting.clear();
    }

    /**
     * Waits for all of them.
     *
     * @throws StoreException when one failed
     */
    void end() throws InterruptedException {
        List<Together> rest = List.copyOf(waiting.values());
        waiting.clear();
        for (Together together : rest) {
            begin(together);
        }
        free.acquire(AT_ONCE);
        free.release(AT_ONCE);
        Optional<Throwable> failed = Optional.ofNullable(failure.getAndSet(null));
        if (failed.isPresent()) {
            Throwable cause = failed.get() instanceof CompletionException wrapped ? wrapped.getCause() : failed.get();
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "Cassandra: " + cause.getMessage(), cause);
        }
    }
}
