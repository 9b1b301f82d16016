package org.postel.mailbox.server;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.storage.StoreException;

/**
 * Opens the session from a thread of its own and watches it. What asks for it while it is not open fails at once, instead of
 * queueing behind an attempt to open it.
 */
final class Database implements Supplier<CqlSession>, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LATELY = Duration.ofSeconds(10);
    private static final String PROBE = "SELECT release_version FROM system.local";

    private final CassandraSession session;
    private final Thread watcher = Thread.ofVirtual().name("cassandra-watch").unstarted(this::watch);
    private volatile long answeredAt;
    private volatile boolean answered;
    private Runnable atFirstAnswer = () -> { };
    private String lastFailure = "";

    Database(CassandraSession session) {
        this.session = session;
    }

    /** @param first what is done once, when Cassandra has answered for the first time; the watching waits for it */
    void start(Runnable first) {
        atFirstAnswer = first;
        watcher.start();
    }

    /** Whether Cassandra answered lately. */
    boolean reachable() {
        return answered && System.nanoTime() - answeredAt < LATELY.toNanos();
    }

    @Override
    public CqlSession get() {
        if (!session.isOpen()) {
            throw new StoreException(StoreException.Problem.UNAVAILABLE, "Cassandra is not reachable yet");
        }
        return session.get();
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            if (answers()) {
                atFirstAnswer.run();
                atFirstAnswer = () -> { };
            }
            pause();
        }
    }

    private boolean answers() {
        try {
            session.get().execute(PROBE);
            if (!answered) {
                LOG.info("Cassandra answers");
                lastFailure = "";
            }
            answeredAt = System.nanoTime();
            answered = true;
        } catch (RuntimeException e) {
            lost(e);
        }
        return answered;
    }

    private void lost(RuntimeException failure) {
        // Of some failures of the driver the name says all.
        String message = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
        if (!message.equals(lastFailure)) {
            LOG.warnf("Cassandra does not answer: %s", message);
        }
        lastFailure = message;
        answered = false;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
        session.close();
    }
}
