package org.postel.delivery.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;

/**
 * Messages that take long and wait outside of their lane. A lane takes nothing new before its slowest record is done, and a server may
 * take ten minutes to answer content (RFC 5321 §4.5.3.2.6), which is never cut short. So after a while a copy of the message goes to a
 * retry tier, the record is accepted, and the lane goes on; the transfer goes on as well. Once what follows from its outcome is durable
 * the copy is taken back. A worker that dies meanwhile leaves it there, and it is tried again when it is due.
 *
 * <p>The places outside are limited. A message for a domain that is not known to be quick takes one from its beginning, and without one it
 * is not begun: so however many domains say nothing, none of them holds a lane for longer. Of those known to be quick each takes a
 * place when it needs one.
 *
 * <p>The tier is longer than a message is waited for: what is not over a minute before the copy is due is interrupted, and left to the copy.
 */
public final class LongTransfers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LongTransfers.class);
    /** For the word that a copy is taken back to reach whoever moves the tier. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final Duration GIVE_BACK = Duration.ofSeconds(5);

    private final DurableQueue queue;
    private final SlowDestinations known;
    private final Duration patience;
    private final Optional<Duration> tier;
    private final Semaphore places;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

    /** Does something with a message, until what follows is durable. */
    @FunctionalInterface
    public interface Work {
        /** Ends early, with its exception, when it is interrupted. */
        void run() throws InterruptedException;
    }

    /**
     * @param known which domains are quick
     * @param patience how long a message stays in its lane
     * @param most places: messages that wait outside of their lanes at once, or may have to
     * @param tiers the retry tiers, of which the shortest that is long enough is taken; where none is, all stay in their lanes
     * @param total the longest that a server may let one message wait
     */
    public LongTransfers(DurableQueue queue, SlowDestinations known, Duration patience, int most, Collection<Duration> tiers, Duration total) {
        this.queue = queue;
        this.known = known;
        this.patience = patience;
        this.tier = tiers.stream().filter(one -> one.compareTo(total) >= 0 && one.compareTo(MARGIN.multipliedBy(2)) >= 0).min(Duration::compareTo);
        this.places = new Semaphore(most);
        if (tier.isEmpty()) {
            LOG.warnf("no retry tier is as long as the %s that a message may take: slow servers hold up the lanes", total);
        }
    }

    /** How many wait outside. */
    public int count() {
        return waiting.size();
    }

    /**
     * Does the work on a thread of its own, and returns when it is done or no longer waited for here: then the record may leave the queue.
     *
     * @param otherwise is done instead when there is no place
     * @throws RuntimeException that the work threw
     * @throws InterruptedException when this thread, or the work, was interrupted: nothing is said of the outcome
     */
    public void relay(QueuedMessage message, Work work, Work otherwise) throws InterruptedException {
        boolean place = tier.isPresent() && !known.quick(message.getRelayDomain());
        if (place && !places.tryAcquire()) {
            otherwise.run();
            return;
        }
        Transfer transfer = new Transfer(work);
        boolean left = false;
        try {
            for (Duration wait = patience; !left && !transfer.overWithin(wait); wait = ASK_AGAIN) {
                place = place || tier.isPresent() && places.tryAcquire();
                if (place) {
                    leave(message, transfer);
                    left = true;
                }
            }
        } catch (InterruptedException e) {
            transfer.interrupt();
            if (!transfer.endedWell()) {
                throw e;
            }
        } finally {
            if (place && !left) {
                places.release();
            }
        }
    }

    /**
     * Waits for those that are outside, when no lane is used any more, and gives back to the queue what is not over then, for whichever
     * worker; the copy of what it does not take back within five seconds stays where it is.
     *
     * @param left how long to wait for them
     */
    public void stop(Duration left) throws InterruptedException {
        join(left);
        waiting.forEach(Thread::interrupt);
        join(GIVE_BACK);
        waiting.forEach(Thread::interrupt);
    }

    private void join(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Thread one : waiting) {
            one.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    @Override
    public void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From here on the place is that of who waits outside. */
    private void leave(QueuedMessage message, Transfer transfer) throws InterruptedException {
        QueuedMessage copy = message.toBuilder().setStage(Stage.RELAY_SLOWLY).build();
        Place place = queue.retry(copy, tier.orElseThrow());
        LOG.debugf("%s takes long: its mail left the lane", message.getRelayDomain());
        Thread thread = Thread.ofVirtual().name("long-transfer").unstarted(() -> await(copy, place, transfer));
        waiting.add(thread);
        thread.start();
    }

    private void await(QueuedMessage copy, Place place, Transfer transfer) {
        try {
            if (settled(copy, transfer)) {
                queue.takeBack(place, copy);
            }
        } catch (InterruptedException e) {
            LOG.infof("stopped before it was known what became of mail for %s: it is tried again within %s", copy.getRelayDomain(), tier.get());
        } finally {
            waiting.remove(Thread.currentThread());
            places.release();
        }
    }

    /** Whether nothing is left to do for the copy. */
    private boolean settled(QueuedMessage copy, Transfer transfer) throws InterruptedException {
        try {
            if (!transfer.overWithin(tier.get().minus(MARGIN))) {
                LOG.warnf("mail for %s takes longer than %s: it is tried again", copy.getRelayDomain(), tier.get().minus(MARGIN));
                transfer.interrupt();
                return transfer.endedWell();
            }
            return true;
        } catch (InterruptedException e) {
            transfer.interrupt();
            if (!transfer.endedWell()) {
                queue.relaySlowly(copy);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.errorf(e, "mail for %s failed: it is tried again within %s", copy.getRelayDomain(), tier.get());
            return false;
        }
    }

    /** The work on one message. */
    private static final class Transfer {
        private final CompletableFuture<Void> outcome = new CompletableFuture<>();
        private final Thread thread;

        private Transfer(Work work) {
            thread = Thread.ofVirtual().name("transfer").start(() -> {
                try {
                    work.run();
                    outcome.complete(null);
                } catch (InterruptedException | RuntimeException | Error e) {
                    outcome.completeExceptionally(e);
                }
            });
        }

        /** Whether it is done; fails as it failed. */
        private boolean overWithin(Duration limit) throws InterruptedException {
            try {
                outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case InterruptedException interrupted -> throw interrupted;
                    case RuntimeException failure -> throw failure;
                    default -> throw new IllegalStateException(e.getCause());
                }
            }
        }

        private void interrupt() {
            thread.interrupt();
        }

        /** Waits for its end: it may have been done just when it was interrupted. */
        private boolean endedWell() {
            return outcome.handle((done, failure) -> failure == null).join();
        }
    }
}
