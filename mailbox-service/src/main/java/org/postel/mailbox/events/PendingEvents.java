package org.postel.mailbox.events;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.postel.mailbox.api.v1.MailboxEvent;

/**
 * Events that wait to be sent: the newest of each mailbox, one of its annotations, and one of who may use the account. What changes on
 * and on is told of less often: each telling costs the broker and every gateway the same.
 */
final class PendingEvents {

    private static final int MOST_ENTRIES = 100;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Map<Key, MailboxEvent> waiting = new LinkedHashMap<>();
    private final Paces<Key> paces;
    private final long pauseNanos;
    private long notBefore = System.nanoTime();
    /** When the first of those that wait is due. */
    private long firstDue;
    private boolean closed;

    private record Key(ByteString account, ByteString mailbox, boolean annotations, boolean access) {}

    /**
     * @param pause        least time from one taking to the next: what comes meanwhile is taken together
     * @param longestPause see {@link Paces}
     */
    PendingEvents(int most, Duration pause, Duration longestPause) {
        this.most = most;
        this.pauseNanos = pause.toNanos();
        this.paces = new Paces<>(pause, longestPause);
    }

    /** False when it was dropped, because too many wait. */
    boolean add(MailboxEvent event) {
        lock.lock();
        try {
            Key key = new Key(event.getAccountId(), event.getMailboxId(), event.getMetadataEntryCount() > 0, event.getAccessChanged());
            if (closed || (waiting.size() >= most && !waiting.containsKey(key))) {
                return false;
            }
            long due = dueAt(key, System.nanoTime());
            if (waiting.isEmpty() || due - firstDue < 0) {
                firstDue = due;
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

    private long dueAt(Key key, long now) {
        long due = paces.dueAt(key, now);
        return due - notBefore < 0 ? notBefore : due;
    }

    /** Waits for events and takes those that are due; empty only once closed. */
    List<MailboxEvent> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                some.await();
            }
            for (long left = firstDue - System.nanoTime(); left > 0 && !closed; left = firstDue - System.nanoTime()) {
                some.awaitNanos(left);
            }
            return takeDue();
        } finally {
            lock.unlock();
        }
    }

    private List<MailboxEvent> takeDue() {
        long now = System.nanoTime();
        List<MailboxEvent> due = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Iterator<Map.Entry<Key, MailboxEvent>> each = waiting.entrySet().iterator(); each.hasNext();) {
            Map.Entry<Key, MailboxEvent> event = each.next();
            long left = closed ? 0 : dueAt(event.getKey(), now) - now;
            if (left > 0) {
                next = Math.min(next, left);
            } else {
                paces.told(event.getKey(), now);
                due.add(event.getValue());
                each.remove();
            }
        }
        notBefore = now + pauseNanos;
        firstDue = now + Math.max(next, pauseNanos);
        return due;
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
