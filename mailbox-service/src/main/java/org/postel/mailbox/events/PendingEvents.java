package org.postel.mailbox.events;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Events that wait to be sent: the newest of each mailbox, one of its annotations, and one of who may use the account. A mailbox that
 * changes on and on is told of less and less often, down to a limit: each telling costs the broker and every gateway the same.
 */
final class PendingEvents {

    private static final int MOST_ENTRIES = 100;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Map<Key, MailboxEvent> waiting = new LinkedHashMap<>();
    private final Map<Key, Pace> told = new HashMap<>();
    private final long pauseNanos;
    private final long longestPauseNanos;
    private long notBefore = System.nanoTime();
    private boolean closed;

    private record Key(ByteString account, ByteString mailbox, boolean annotations, boolean access) {}

    /**
     * Of what was told of a moment ago.
     *
     * @param pause nanoseconds for which it is not told of again
     * @param until that long
     * @param again whether something happened within it
     */
    private record Pace(long pause, long until, boolean again) {

        boolean isOver(long now) {
            return until - now <= 0;
        }
    }

    /**
     * @param pause        least time from one taking to the next: what comes meanwhile is taken together
     * @param longestPause a mailbox that changed within each of its pauses has twice as long a one, up to this
     */
    PendingEvents(int most, Duration pause, Duration longestPause) {
        this.most = most;
        this.pauseNanos = pause.toNanos();
        this.longestPauseNanos = Math.max(pauseNanos, longestPause.toNanos());
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
            told.computeIfPresent(key, (same, pace) -> pace.isOver(System.nanoTime()) ? pace : new Pace(pace.pause, pace.until, true));
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

    /** Waits for events and takes those that are due; empty only once closed. */
    List<MailboxEvent> take() throws InterruptedException {
        lock.lock();
        try {
            List<MailboxEvent> taken = List.of();
            while (taken.isEmpty() && !(closed && waiting.isEmpty())) {
                awaitSome();
                taken = due();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void awaitSome() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            some.await();
        }
        for (long left = notBefore - System.nanoTime(); left > 0 && !closed; left = notBefore - System.nanoTime()) {
            some.awaitNanos(left);
        }
    }

    private List<MailboxEvent> due() {
        long now = System.nanoTime();
        notBefore = now + pauseNanos;
        told.values().removeIf(pace -> pace.isOver(now) && !pace.again);
        List<MailboxEvent> due = new ArrayList<>();
        for (Iterator<Map.Entry<Key, MailboxEvent>> each = waiting.entrySet().iterator(); each.hasNext();) {
            Map.Entry<Key, MailboxEvent> next = each.next();
            Pace pace = told.get(next.getKey());
            if (pace == null || pace.isOver(now) || closed) {
                long pause = pace == null ? pauseNanos : Math.min(longestPauseNanos, 2 * pace.pause);
                told.put(next.getKey(), new Pace(pause, now + pause, false));
                due.add(next.getValue());
                each.remove();
            }
        }
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
