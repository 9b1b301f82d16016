package org.postel.mailbox.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postel.mailbox.storage.StoreException;

/** The mailboxes that this instance is the sole writer of, for as long as it writes to them. */
final class Tenures implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Tenures.class);
    /** Each takes some hundred octets. */
    private static final int MOST = 20_000;
    /** A mailbox that is not written to for so long is left: should this instance die, nobody has to wait for it. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private static final int HANDS = 16;
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final LogWriter writer;
    private final Cache<UUID, Tenure> tenures;

    Tenures(LogWriter writer) {
        this.writer = writer;
        this.tenures = Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).scheduler(Scheduler.systemScheduler())
                .executor(task -> Thread.ofVirtual().name("tenures").start(task))
                .removalListener((UUID mailbox, Tenure tenure, RemovalCause cause) -> {
                    if (cause.wasEvicted()) {
                        leave(tenure);
                    }
                }).build();
    }

    /** Of this mailbox, unless it is over. */
    Optional<Tenure> find(UUID mailbox) {
        return Optional.ofNullable(tenures.getIfPresent(mailbox)).filter(tenure -> !tenure.isOver());
    }

    /** As {@link #find}; reading a mailbox does not make its tenure last longer. */
    private Optional<Tenure> look(UUID mailbox) {
        return tenures.policy().getIfPresentQuietly(mailbox) instanceof Tenure tenure && !tenure.isOver() ? Optional.of(tenure) : Optional.empty();
    }

    void add(Tenure tenure) {
        tenures.put(tenure.mailbox(), tenure);
    }

    /** A header was read, asked for at that time (on the clock of {@link System#nanoTime}): it may tell that a tenure is over. */
    void seen(UUID mailbox, LogHeader.Tenancy tenancy, long asked) {
        look(mailbox).filter(tenure -> !tenure.seen(tenancy, asked)).ifPresent(this::forget);
    }

    /** It is over. */
    void forget(Tenure tenure) {
        tenure.end();
        tenures.asMap().remove(tenure.mailbox(), tenure);
    }

    /** Lets others write, at once. Where that fails they end it. */
    void leave(Tenure tenure) {
        tenure.lock().lock();
        try {
            if (!tenure.isOver()) {
                tenure.end();
                LogHeader last = tenure.last();
                writer.leave(tenure.mailbox(), tenure.name(), last, List.of());
            }
        } catch (StoreException e) {
            LOG.debugf("mailbox %s was not left: %s", tenure.mailbox(), e.getMessage());
        } finally {
            tenure.lock().unlock();
        }
    }

    /** Leaves all mailboxes, or those that can be left in a moment. */
    @Override
    public void close() {
        List<Callable<Void>> leaving = tenures.asMap().values().stream().<Callable<Void>>map(tenure -> () -> {
            leave(tenure);
            return null;
        }).toList();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS, Thread.ofVirtual().name("leaving-", 0).factory())) {
            hands.invokeAll(leaving, LEAVING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tenures.invalidateAll();
    }
}
