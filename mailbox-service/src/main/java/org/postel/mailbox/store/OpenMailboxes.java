package org.postel.mailbox.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * The mailboxes whose state is in memory, bounded by weight. One that is pushed out while it is in use goes on beside a
 * second one of the same mailbox as if on another pod.
 */
final class OpenMailboxes {

    private static final int STRIPES = 64;
    private static final int SNAPSHOTS = 4;

    /** A mailbox and the queue of its commits. */
    record Entry(OpenMailbox mailbox, CommitQueue queue, long weight) {}

    private final Cache<UUID, Entry> cache;
    private final ReentrantLock[] opening = IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);
    private final MailboxLog log;
    private final Committer.Ground ground;
    private final StoreConfig config;
    private final CommitSlots slots;
    private final CommitQueue.CommitObserver observer;

    OpenMailboxes(MailboxLog log, Committer.Ground ground, StoreConfig config, CommitQueue.CommitObserver observer) {
        this.log = log;
        this.ground = ground;
        this.config = config;
        this.slots = new CommitSlots(new CommitPace(config.deliveryCommits().least(), config.deliveryCommits().most(),
                config.deliveryCommits().patience()));
        this.observer = observer;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(config.cache().asLongValue())
                .weigher((UUID id, Entry entry) -> (int) Math.min(Integer.MAX_VALUE, entry.weight()))
                .build();
    }

    /**
     * A mailbox of this account; its state may be old.
     *
     * @throws StoreException NOT_FOUND when there is none, or it is another account's
     */
    Entry get(UUID account, UUID mailbox) {
        Entry entry = cache.getIfPresent(mailbox);
        if (entry == null) {
            entry = open(mailbox);
        }
        if (!entry.mailbox().header().account().equals(account)) {
            throw new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
        return entry;
    }

    /** A mailbox that is in memory. */
    Optional<Entry> find(UUID mailbox) {
        return Optional.ofNullable(cache.getIfPresent(mailbox));
    }

    private Entry open(UUID id) {
        ReentrantLock lock = opening[Math.floorMod(id.hashCode(), STRIPES)];
        lock.lock();
        try {
            Entry entry = cache.getIfPresent(id);
            if (entry == null) {
                OpenMailbox mailbox = new OpenMailbox(id, log, ground.headers(), new LogLimits(config.keywords()), SNAPSHOTS * config.snapshotAfter());
                CommitQueue.Bounds bounds = new CommitQueue.Bounds(config.waiting(), config.roundRows(),
                        config.roundOctets().asLongValue(), config.commitAttempts(), config.gather());
                entry = new Entry(mailbox, new CommitQueue(mailbox, new Committer(id, ground), bounds, slots, observer), mailbox.weight());
                cache.put(id, entry);
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Weighs a mailbox that may have grown. */
    void weigh(Entry entry) {
        long weight = entry.mailbox().weight();
        if (weight > entry.weight() + entry.weight() / 4) {
            cache.asMap().replace(entry.mailbox().id(), entry, new Entry(entry.mailbox(), entry.queue(), weight));
        }
    }

    /** Forgets a state that broke a law, or that may not be what is durable. */
    void forget(UUID mailbox) {
        cache.invalidate(mailbox);
    }
}
