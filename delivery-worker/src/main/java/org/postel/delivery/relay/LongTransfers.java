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
import org.postel.delivery.outcome.Aftermath;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.outcome.RecipientOutcome;
import org.postel.delivery.outcome.Result;
import org.postel.delivery.outcome.Target;
import org.postel.queue.v1.Failure;
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
 * <p>The tier is longer than one server may take, so that such a one is timed out and not interrupted. Several that are asked one after the
 * other may take longer together: what is not over a minute before the copy is due is interrupted. That counts as an attempt, like each
 * failure outside of a lane: it comes back as the retry schedule says and has an end, where the copy would come again for ever.
 */
public final class LongTransfers implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LongTransfers.class);
    /** For the word that a copy is taken back to reach whoever moves the tier. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final Duration GIVE_BACK = Duration.ofSeconds(5);

    private final DurableQueue queue;
    private final Aftermath aftermath;
    private final SlowDestinations known;
    private final Duration patience;
    private final Duration margin;
    private final Optional<Duration> tier;
    private final Semaphore places;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean staying;

    /** Does something with a message, until what follows is durable. */
    @FunctionalInterface
    public interface Work {
        /** Ends early, with its exception, when it is interrupted. */
        void run() throws InterruptedException;
    }

    /**
     * @param aftermath what follows where a message that left its lane is interrupted or fails
     * @param known which domains are quick
     * @param patience how long a message stays in its lane
     * @param most places: messages that wait outside of their lanes at once, or may have to
     * @param tiers the retry tiers, of which the shortest that is two minutes longer than total is taken; where none is, all stay in their lanes
     * @param total the longest that a server may let one message wait
     */
    public LongTransfers(DurableQueue queue, Aftermath aftermath, SlowDestinations known, Duration patience, int most, Collection<Duration> tiers, Duration total) {
        this(queue, aftermath, known, patience, most, tiers, total, MARGIN);
    }

    /** @param margin so long before the copy is due it must be known whether it is taken back */
    LongTransfers(DurableQueue queue, Aftermath aftermath, SlowDestinations known, Duration patience, int most, Collection<Duration> tiers, Duration total,
            Duration margin) {
        this.queue = queue;
        this.aftermath = aftermath;
        this.known = known;
        this.patience = patience;
        this.margin = margin;
        // Twice: once as ever, and once for what comes before and after the server's time, so that its time-out comes first.
        Duration least = total.plus(margin.multipliedBy(2));
        this.tier = tiers.stream().filter(one -> one.compareTo(least) >= 0).min(Duration::compareTo);
        this.places = new Semaphore(most);
        if (tier.isEmpty()) {
            LOG.warnf("no retry tier has the %s of a message's time-out and two minutes: slow servers hold up the lanes", least);
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
        boolean place = mayLeave() && !known.quick(message.getRelayDomain());
        if (place && !places.tryAcquire()) {
            otherwise.run();
            return;
        }
        Transfer transfer = new Transfer(work);
        boolean left = false;
        try {
            for (Duration wait = patience; !left && !transfer.overWithin(wait); wait = ASK_AGAIN) {
                place = place || mayLeave() && places.tryAcquire();
                if (place && mayLeave()) {
                    leave(message, transfer);
                    left = true;
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            // It failed, or we were interrupted, or there can be no copy: then the record goes back, and nothing may go on beside it.
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

    private boolean mayLeave() {
        return tier.isPresent() && !staying;
    }

    /** No message leaves its lane from now on. To be said before lanes release what they hold: a record that is released must have no copy. */
    public void stay() {
        staying = true;
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
            settle(copy, transfer);
            queue.takeBack(place, copy);
        } catch (InterruptedException e) {
            LOG.infof("stopped before it was known what became of mail for %s: it is tried again within %s", copy.getRelayDomain(), tier.get());
        } catch (RuntimeException e) {
            LOG.errorf(e, "what became of mail for %s cannot be kept: it is tried again within %s", copy.getRelayDomain(), tier.get());
        } finally {
            waiting.remove(Thread.currentThread());
            places.release();
        }
    }

    /** When it returns nothing is left to do for the copy. */
    private void settle(QueuedMessage copy, Transfer transfer) throws InterruptedException {
        Duration limit = tier.get().minus(margin);
        try {
            if (!transfer.overWithin(limit)) {
                transfer.interrupt();
                if (!transfer.endedWell()) {
                    LOG.warnf("mail for %s takes longer than %s, and is tried again later", copy.getRelayDomain(), limit);
                    defer(copy, Failures.of("4.4.2", "The mail servers of the recipient's domain took too long."));
                }
            }
        } catch (InterruptedException e) {
            transfer.interrupt();
            if (!transfer.endedWell()) {
                queue.relaySlowly(copy);
            }
        } catch (RuntimeException e) {
            // No dead letter, as a lane makes of it after several deliveries: this was the first, and a later attempt may succeed.
            LOG.errorf(e, "mail for %s failed, and is tried again later", copy.getRelayDomain());
            defer(copy, Failures.of("4.3.0", "The mail server that relays the mail had an internal error."));
        }
    }

    private void defer(QueuedMessage copy, Failure why) throws InterruptedException {
        Result deferred = new Result.Deferred(why);
        aftermath.settle(copy, Target.REMOTE, copy.getRecipientsList().stream().map(recipient -> new RecipientOutcome(recipient, deferred)).toList());
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
