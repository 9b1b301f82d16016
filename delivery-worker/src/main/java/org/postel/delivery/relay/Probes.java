package org.postel.delivery.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.smtp.ClientIdentity;

/**
 * Connections to slow destinations that are opened while their mail waits in a retry tier, and not in the hands of a lane: a lane
 * waits with its slowest message, and would hold up the mail of other slow destinations. What was found is said to all of that mail.
 */
final class Probes implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Probes.class);
    /** At once; what is more waits in its lane. */
    private static final int MOST = 200;
    private static final int MOST_FINDINGS = 10_000;

    private final Set<Target> running = ConcurrentHashMap.newKeySet();
    private final Cache<Target, Finding> findings;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());

    /** What makes one connection as good as another. */
    record Target(String domain, ClientIdentity us, TlsNeed need) {}

    /** What is known of a destination. */
    sealed interface Finding {
        /** Nothing yet, or no more. */
        record Nothing() implements Finding {}

        /** It is being asked. */
        record Waiting() implements Finding {}

        /** It talked to us, and the connection is open for the next message if it still is. */
        record Open() implements Finding {}

        /** It did not. */
        record Failed(Result result) implements Finding {}
    }

    /** @param remembered how long a finding counts */
    Probes(Duration remembered) {
        this.findings = Caffeine.newBuilder().maximumSize(MOST_FINDINGS).expireAfterWrite(remembered).build();
    }

    Finding of(Target target) {
        if (running.contains(target)) {
            return new Finding.Waiting();
        }
        Finding finding = findings.getIfPresent(target);
        return finding == null ? new Finding.Nothing() : finding;
    }

    /**
     * Begins.
     *
     * @param opening opens a connection, however long it takes; empty when there is one now
     * @return false when there are too many
     */
    synchronized boolean begin(Target target, Supplier<Optional<Result>> opening) {
        if (running.size() >= MOST || threads.isShutdown()) {
            return false;
        }
        if (running.add(target)) {
            threads.execute(() -> run(target, opening));
        }
        return true;
    }

    /** Gives up what is waited for. */
    @Override
    public synchronized void close() {
        threads.shutdownNow();
    }

    private void run(Target target, Supplier<Optional<Result>> opening) {
        try {
            Finding finding = opening.get().<Finding>map(Finding.Failed::new).orElseGet(Finding.Open::new);
            LOG.debugf("%s: %s", target.domain(), finding);
            findings.put(target, finding);
        } finally {
            running.remove(target);
        }
    }
}
