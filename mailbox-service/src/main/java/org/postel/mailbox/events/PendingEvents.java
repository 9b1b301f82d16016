package org.postel.mailbox.events;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postel.mailbox.api.v1.MailboxEvent;

/** Events that wait to be sent: the newest of each mailbox, one of its annotations, and one of who may use the account. */
final class PendingEvents {

    private static final int MOST_ENTRIES = 100;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Map<Key, MailboxEvent> waiting = new LinkedHashMap<>();
    private final long pauseNanos;
    private long notBefore = System.nanoTime();
    private boolean closed;

    private record Key(ByteString account, ByteString mailbox, boolean annotations, boolean access) {}

    /** @param pause least time from one taking to the next: what comes meanwhile is taken together */
    PendingEvents(int most, Duration pause) {
        this.most = most;
        this.pauseNanos = pause.toNanos();
    }

    /** False when it was dropped, because too many wait. */
    boolean add(MailboxEvent event) {
        lock.lock();
        try {
            Key key = new Key(event.getAccountId(), event.getMailboxId(), event.getMetadataEntryCount() > 0, event.getAccessChanged());
            if (closed || (waiting.size() >= most && !waiting.containsKey(key))) {
                return false;
            }
            if (waiting.isEmpty()) {
                some.signal();
            }
            waiting.merge(key, event, key.annotations ? PendingEvents::both : (before, now) -> before.getModseq() > now.getModseq() ? before : now);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The annotations of two events, as far as one tells of so many: who is not told of one finds it when it looks. */
    private static MailboxEvent both(MailboxEvent before, MailboxEvent now) {
        Set<String> entries = new LinkedHashSet<>(before.getMetadataEntryList());
        entries.addAll(now.getMetadataEntryList());
        return now.toBuilder().clearMetadataEntry().addAllMetadataEntry(entries.stream().limit(MOST_ENTRIES).toList()).build();
    }

    /** Waits for events and takes all; empty only once closed. */
    List<MailboxEvent> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                some.await();
            }
            for (long left = notBefore - System.nanoTime(); left > 0 && !closed; left = notBefore - System.nanoTime()) {
                some.awaitNanos(left);
            }
            notBefore = System.nanoTime() + pauseNanos;
            List<MailboxEvent> taken = new ArrayList<>(waiting.values());
            waiting.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What waits may still be taken; nothing more is added. */
    void close() {
        lock.lock();
        try {
            closed = true;
            some.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
