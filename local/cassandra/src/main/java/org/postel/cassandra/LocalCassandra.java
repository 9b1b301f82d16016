package org.postel.cassandra;

import java.time.Duration;

import org.apache.cassandra.service.CassandraDaemon;

/** The database's process in the local run: gives its threads time to wake, then runs Cassandra's own main. */
public final class LocalCassandra {

    /**
     * Cassandra's idle workers sleep some microseconds at a time to be there for the next request; each waking costs more than it
     * saves where two cores serve everything. A request may wait this much longer for a worker.
     */
    private static final Duration SLACK = Duration.ofNanos(500_000);

    private LocalCassandra() {
    }

    /** Runs until the node ends. */
    public static void main(String[] arguments) {
        TimerSlack.set(SLACK);
        CassandraDaemon.main(arguments);
    }
}
