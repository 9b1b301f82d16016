package org.postel.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** What Kafka and Cassandra have in common: a child process on a data folder of its own. */
public sealed interface Engine extends AutoCloseable permits KafkaServer, CassandraServer {

    /** How long a start may take; a slow machine under load needs far more than an idle one. */
    Duration START_LIMIT = Duration.ofSeconds(120);
    /** After SIGTERM. Everything acknowledged is on disk before, so SIGKILL after this loses nothing. */
    Duration STOP_GRACE = Duration.ofSeconds(20);

    /** The process. */
    Child child();

    /** The folder with its settings and data. */
    Path home();

    /** Whether {@link #close()} deletes the folder. */
    boolean isTemporary();

    /** SIGKILL, and waits for the end. */
    default void kill() {
        child().kill();
    }

    /** Ends the process in good order. */
    default void stop() {
        child().stop(STOP_GRACE);
    }

    /** Starts it again on the same data and ports, killing it first when it runs, and waits until it serves. */
    default void restart() {
        kill();
        try {
            child().start(START_LIMIT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Ends the process and deletes a temporary data folder. */
    @Override
    default void close() {
        if (!isTemporary()) {
            stop();
            return;
        }
        kill();
        try {
            Temporary.delete(home());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
