package org.postel.bench.figure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;

/** The index of the queue ({@code mail_queued}) as mailbox-service writes it: three rows for a message, those of a partition together, some batches at a time. */
final class QueueRows implements AutoCloseable {

    private static final String OPEN = "INSERT INTO mail_queued (scope, hour, queue_id, recipient, entry) VALUES (?, ?, ?, ?, ?) USING TTL ?";
    private static final String END = "DELETE FROM mail_queued WHERE scope = ? AND hour = ?";
    /** Rows that a bench which was killed left behind are gone after a day. */
    private static final int SECONDS_TO_LIVE = Math.toIntExact(Duration.ofDays(1).toSeconds());
    private static final int AT_ONCE = 64;
    private static final int ROWS_TOGETHER = 50;
    /** Rows that wait for others of their partition. */
    private static final int MOST_WAITING = 20_000;
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);

    private final CqlSession session;
    private final PreparedStatement open;
    private final PreparedStatement end;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Map<Partition, List<BoundStatement>> waiting = new HashMap<>();
    private int rows;

    private record Partition(String scope, int hour) {
    }

    /** To the Cassandra that listens there, of a platform that is up. */
    QueueRows(int port) {
        session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).withLocalDatacenter("datacenter1").withKeyspace("postel")
                .withConfigLoader(DriverConfigLoader.programmaticBuilder().withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_LIMIT)
                        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, DefaultConsistencyLevel.LOCAL_QUORUM.name()).build())
                .build();
        open = session.prepare(OPEN);
        end = session.prepare(END);
    }

    /** It is written when this or {@link #finish} returns. */
    void write(WaitingMail mail) throws IOException {
        ByteBuffer entry = ByteBuffer.wrap(mail.entry().toByteArray());
        for (String scope : mail.scopes()) {
            List<BoundStatement> together = waiting.computeIfAbsent(new Partition(scope, mail.hour()), absent -> new ArrayList<>());
            together.add(open.bind(scope, mail.hour(), mail.id(), mail.recipient(), entry.duplicate(), SECONDS_TO_LIVE));
            rows++;
            if (together.size() == ROWS_TOGETHER) {
                begin(together);
            }
        }
        if (rows > MOST_WAITING) {
            flush();
        }
    }

    /**
     * Returns when all is written.
     *
     * @throws IOException when something was not
     */
    void finish() throws IOException {
        flush();
        acquire(AT_ONCE);
        free.release(AT_ONCE);
        Optional<Throwable> failed = Optional.ofNullable(failure.getAndSet(null));
        if (failed.isPresent()) {
            throw new IOException("Cassandra: " + failed.get().getMessage(), failed.get());
        }
    }

    /** Takes away all that was written of such mail, and what of other mail stands in the same partitions: a platform of the bench has none. */
    void remove(Iterable<WaitingMail> mails) throws IOException {
        Set<Partition> partitions = new HashSet<>();
        for (WaitingMail mail : mails) {
            mail.scopes().forEach(scope -> partitions.add(new Partition(scope, mail.hour())));
        }
        for (Partition partition : partitions) {
            execute(end.bind(partition.scope, partition.hour));
        }
        finish();
    }

    private void flush() throws IOException {
        for (List<BoundStatement> together : waiting.values()) {
            begin(together);
        }
        waiting.clear();
    }

    private void begin(List<BoundStatement> together) throws IOException {
        if (!together.isEmpty()) {
            rows -= together.size();
            execute(BatchStatement.newInstance(BatchType.UNLOGGED).addAll(together));
            together.clear();
        }
    }

    private void execute(Statement<?> statement) throws IOException {
        acquire(1);
        session.executeAsync(statement).whenComplete((done, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
            free.release();
        });
    }

    private void acquire(int permits) throws IOException {
        try {
            if (!free.tryAcquire(permits, REQUEST_LIMIT.toSeconds() * 2, TimeUnit.SECONDS)) {
                throw new IOException("Cassandra does not answer");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
