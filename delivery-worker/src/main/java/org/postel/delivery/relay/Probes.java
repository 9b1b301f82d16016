package org.postel.delivery.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.smtp.ClientIdentity;

/**
 * Connections to slow destinations that are opened while their mail waits in a retry tier, and not in the hands of a lane: a lane
 * waits with its slowest message, and would hold up the mail of other slow destinations. What was found is said to all of that mail.
 */
final class Probes implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Probes.class);
    /** At once; the mail of what is more waits in the retry tier, too. */
    private static final int MOST = 200;
    private static final int MOST_FINDINGS = 10_000;
    private static final Duration LOST = Duration.ofHours(1);

    private final Set<Target> running = ConcurrentHashMap.newKeySet();
    private final Cache<Target, Finding> findings;
    private final Cache<Target, Boolean> lost;
    private final Function<Target, Finding> opening;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());

    /** What makes one connection as good as another. */
    record Target(String domain, ClientIdentity us, TlsNeed need) {}

    /** What is known of a destination. */
    sealed interface Finding {
        /** Nothing yet, or no more. */
        record Nothing() implements Finding {}

        /** It is being asked. */
        record Waiting() implements Finding {}

        /** It talked to us, and the connection to this server is open for the next message if it still is. */
        record Open(Hop reached) implements Finding {}

        /** It did not. */
        record Failed(Result result) implements Finding {}
    }

    /**
     * @param remembered how long a finding counts
     * @param opening opens a connection, however long it takes; it is told no more than that, for a message would be held as long
     */
    Probes(Duration remembered, Function<Target, Finding> opening) {
        this.findings = Caffeine.newBuilder().maximumSize(MOST_FINDINGS).expireAfterWrite(remembered).build();
        this.lost = Caffeine.newBuilder().maximumSize(MOST_FINDINGS).expireAfterWrite(LOST).build();
        this.opening = opening;
    }

    Finding of(Target target) {
        if (running.contains(target)) {
            return new Finding.Waiting();
        }
        Finding finding = findings.getIfPresent(target);
        return finding == null ? new Finding.Nothing() : finding;
    }

    /** Begins, unless there are too many; then somebody must ask for it again. */
    synchronized void begin(Target target) {
        if (running.size() < MOST && !threads.isShutdown() && running.add(target)) {
            threads.execute(() -> run(target));
        }
    }

    /** A message went over the connection that was opened. */
    void used(Target target) {
        lost.invalidate(target);
    }

    /**
     * A message found no connection any more. What was found before counts no longer, but for servers that do not wait for the mail:
     * there no other finding would help.
     *
     * @return whether it was so the last time, too
     */
    boolean lost(Target target) {
        if (lost.asMap().put(target, true) != null) {
            return true;
        }
        findings.invalidate(target);
        return false;
    }

    /** Gives up what is waited for. */
    @Override
    public synchronized void close() {
        threads.shutdownNow();
    }

    private void run(Target target) {
        try {
            Finding finding = opening.apply(target);
            LOG.debugf("%s: %s", target.domain(), finding);
            findings.put(target, finding);
        } catch (RuntimeException e) {
            // Its mail waits for a finding: without one it would wait for ever, and nobody would be told.
            LOG.errorf(e, "the servers of %s were not asked", target.domain());
            findings.put(target, new Finding.Failed(new Result.Deferred(Failures.of("4.3.0", "The mail server failed when it looked for the domain's."))));
        } finally {
            running.remove(target);
        }
    }
}
