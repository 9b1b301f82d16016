package org.postel.mailbox.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The mailboxes that this instance is the sole writer of, for as long as it writes to them and nobody else does. */
final class Tenures implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Tenures.class);
    /** Each takes some hundred octets. */
    private static final int MOST = 20_000;
    /** A mailbox that is not written to for so long is left: should this instance die, nobody has to wait for it. */
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(5);
    /** Where several write nobody becomes the sole writer for so long: each time the others would have to wait. */
    private static final Duration SHARED = Duration.ofMinutes(10);
    private static final int MOST_SHARED = 100_000;
    private static final int HANDS = 16;
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final LogWriter writer;
    private final Map<UUID, Tenure> tenures = new ConcurrentHashMap<>();
    private final Cache<UUID, Boolean> shared = Caffeine.newBuilder().maximumSize(MOST_SHARED).expireAfterWrite(SHARED).build();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    Tenures(LogWriter writer) {
        this.writer = writer;
    }

    /** Of this mailbox, unless it is over. */
    Optional<Tenure> find(UUID mailbox) {
        return Optional.ofNullable(tenures.get(mailbox)).filter(tenure -> !tenure.isOver());
    }

    /** Whether this instance may begin to be the only one that writes there. */
    boolean mayBegin(UUID mailbox) {
        return tenures.size() < MOST && shared.getIfPresent(mailbox) == null && closed.getCount() > 0;
    }

    void begin(Tenure tenure) {
        tenures.put(tenure.mailbox(), tenure);
        if (looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("idle tenures").start(this::leaveIdle);
        }
    }

    /** Several write to this mailbox. */
    void markShared(UUID mailbox) {
        shared.put(mailbox, Boolean.TRUE);
    }

    /** A header was read, asked for at that time (on the clock of {@link System#nanoTime}): it may tell that a tenure is over. */
    void seen(UUID mailbox, LogHeader.Tenancy tenancy, long asked) {
        find(mailbox).filter(tenure -> !tenure.seen(tenancy, asked)).ifPresent(tenure -> {
            markShared(mailbox);
            forget(tenure);
        });
    }

    /** It is over. */
    void forget(Tenure tenure) {
        tenure.end();
        tenures.remove(tenure.mailbox(), tenure);
    }

    /** Waits until a tenure is over that this instance is just ending. */
    void awaitLeft(UUID mailbox) {
        Optional.ofNullable(tenures.get(mailbox)).ifPresent(tenure -> {
            tenure.lock().lock();
            tenure.lock().unlock();
        });
    }

    private void leaveIdle() {
        try {
            while (!closed.await(BETWEEN_ROUNDS.toMillis(), TimeUnit.MILLISECONDS)) {
                tenures.values().stream().filter(tenure -> tenure.isIdle(IDLE)).forEach(this::leave);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets others write, at once. Where that fails they end it. */
    void leave(Tenure tenure) {
        tenure.lock().lock();
        try {
            if (!tenure.isOver()) {
                tenure.end();
                writer.leave(tenure.mailbox(), tenure.name(), tenure.last(), List.of());
            }
        } catch (RuntimeException e) {
            LOG.debugf("mailbox %s was not left: %s", tenure.mailbox(), e.getMessage());
        } finally {
            forget(tenure);
            tenure.lock().unlock();
        }
    }

    /** Leaves all mailboxes, or those that can be left in a moment. */
    @Override
    public void close() {
        closed.countDown();
        List<Callable<Void>> leaving = tenures.values().stream().<Callable<Void>>map(tenure -> () -> {
            leave(tenure);
            return null;
        }).toList();
        ExecutorService hands = Executors.newFixedThreadPool(HANDS, Thread.ofVirtual().name("leaving-", 0).factory());
        try {
            hands.invokeAll(leaving, LEAVING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hands.shutdownNow();
        }
    }
}
