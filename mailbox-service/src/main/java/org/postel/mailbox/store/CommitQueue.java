package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/**
 * Group commit of one mailbox: while one commit is under way others wait, and whoever is next takes all of them along. One of those
 * who wait leads at a time; with its own command done it hands over to the one that came next.
 */
final class CommitQueue {

    private static final long PAUSE_NANOS = 1_000_000;
    private static final int LONGEST_PAUSE = 64;

    /**
     * What a queue may do.
     *
     * @param gather how long a commit may wait for commands that are expected
     */
    record Bounds(int waiting, int rows, long octets, int attempts, Duration gather) {}

    private final OpenMailbox mailbox;
    private final Committer committer;
    private final Bounds bounds;
    private final CommitSlots slots;
    private final CommitObserver observer;
    private final ReentrantLock entering = new ReentrantLock();
    private final Deque<Pending<?>> waiting = new ArrayDeque<>();
    private final Condition came = entering.newCondition();
    private int expected;
    private boolean led;
    /** Of the commit that is next or under way. */
    private volatile Optional<CommitSlots.Turn> turn = Optional.empty();

    CommitQueue(OpenMailbox mailbox, Committer committer, Bounds bounds, CommitSlots slots, CommitObserver observer) {
        this.mailbox = mailbox;
        this.committer = committer;
        this.bounds = bounds;
        this.slots = slots;
        this.observer = observer;
    }

    /** Is told of each commit, on the thread that committed. */
    @FunctionalInterface
    interface CommitObserver {

        void committed(OpenMailbox mailbox, LogHeader header);
    }

    /**
     * Answers once the command is durable.
     *
     * @throws StoreException as the command was refused, or UNAVAILABLE
     */
    <R> R submit(Command<R> command) {
        Pending<R> pending = new Pending<>(command);
        enter(pending);
        return committed(pending);
    }

    /** Tells of a command that will come as soon as a write that it needs is done; the next commit waits for it, a moment. */
    Expected expect() {
        entering.lock();
        try {
            expected++;
        } finally {
            entering.unlock();
        }
        return new Expected();
    }

    /** A command that is about to come. For one thread. */
    final class Expected implements AutoCloseable {

        private boolean over;

        /** As {@link CommitQueue#submit}: here it is. */
        <R> R submit(Command<R> command) {
            Pending<R> pending = new Pending<>(command);
            entering.lock();
            try {
                enter(pending);
                close();
            } finally {
                entering.unlock();
            }
            return committed(pending);
        }

        /** It does not come, unless it came. */
        @Override
        public void close() {
            entering.lock();
            try {
                if (!over) {
                    over = true;
                    expected--;
                    came.signal();
                }
            } finally {
                entering.unlock();
            }
        }
    }

    private <R> R committed(Pending<R> pending) {
        if (pending.awaitLeading()) {
            try {
                while (!pending.isDone()) {
                    round();
                }
            } catch (RuntimeException | Error e) {
                // It failed before its turn: whoever is next must not commit what was answered UNAVAILABLE.
                leave(pending);
                throw e;
            } finally {
                handOver();
            }
        }
        return pending.result();
    }

    private void handOver() {
        Optional<Pending<?>> next;
        entering.lock();
        try {
            next = Optional.ofNullable(waiting.peekFirst());
            led = next.isPresent();
        } finally {
            entering.unlock();
        }
        next.ifPresent(Pending::lead);
    }

    /** Once it is this mailbox's turn, or somebody waits who should not. */
    private void round() {
        if (committer.hasOther(mailbox.header()) && !endOther()) {
            return;
        }
        gather();
        CommitSlots.Turn mine = slots.enter();
        turn = Optional.of(mine);
        if (urgent()) {
            mine.hurry();
        }
        mine.await();
        try {
            commitWaiting();
        } finally {
            mine.end();
        }
    }

    /** Not within a turn, which others wait for: it may take seconds. False when it failed, and all that would be next with it. */
    private boolean endOther() {
        try {
            committer.endOther();
            mailbox.catchUp();
            return true;
        } catch (RuntimeException e) {
            fail(take(), e);
            return false;
        }
    }

    private void enter(Pending<?> pending) {
        entering.lock();
        try {
            if (waiting.size() >= bounds.waiting()) {
                throw new StoreException(Problem.UNAVAILABLE, "too much waits for the mailbox");
            }
            waiting.addLast(pending);
            came.signal();
            if (!led) {
                led = true;
                pending.lead();
            }
        } finally {
            entering.unlock();
        }
        if (!pending.command().patient()) {
            turn.ifPresent(CommitSlots.Turn::hurry);
        }
    }

    /** A commit costs the same for one and for many, so it takes those along that would come just after it began. */
    private void gather() {
        entering.lock();
        try {
            for (long left = bounds.gather().toNanos(); expected > 0 && waiting.size() < bounds.rows() && left > 0;) {
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // What is there is committed; the next wait of this thread ends at once.
            Thread.currentThread().interrupt();
        } finally {
            entering.unlock();
        }
    }

    private void leave(Pending<?> pending) {
        entering.lock();
        try {
            waiting.remove(pending);
        } finally {
            entering.unlock();
        }
    }

    private boolean urgent() {
        entering.lock();
        try {
            return waiting.stream().anyMatch(pending -> !pending.command().patient());
        } finally {
            entering.unlock();
        }
    }

    private void commitWaiting() {
        List<Pending<?>> taken = take();
        try {
            if (committedTogether(taken)) {
                taken.stream().filter(pending -> !pending.isDone()).forEach(Pending::finish);
            } else {
                putBack(taken);
            }
        } catch (RuntimeException e) {
            fail(taken, e);
        } catch (Error e) {
            // Whoever waits for it would wait for ever.
            fail(taken, new StoreException(Problem.UNAVAILABLE, "the commit broke off", e));
            throw e;
        }
    }

    private boolean committedTogether(List<Pending<?>> taken) {
        try (Span span = span(taken); Span.Scope _ = span.enter()) {
            return commit(taken);
        }
    }

    private static void fail(List<Pending<?>> taken, RuntimeException e) {
        taken.stream().filter(pending -> !pending.isDone()).forEach(pending -> pending.fail(e));
    }

    /** One commit for several callers is a part of what the first of them does, and is linked to what the others do. */
    private static Span span(List<Pending<?>> taken) {
        Span commit = Span.NONE;
        for (Pending<?> pending : taken) {
            if (commit.recording()) {
                commit.link(pending.caller());
                pending.caller().link(commit);
            } else {
                commit = pending.caller().child(Kind.INTERNAL, "commit");
            }
        }
        return commit.put("postel.commit.commands", taken.size());
    }

    /** From the head of the queue, as many as fit together. */
    private List<Pending<?>> take() {
        entering.lock();
        try {
            List<Pending<?>> taken = new ArrayList<>();
            Set<ByteString> identities = new HashSet<>();
            Footprint footprint = new Footprint.None();
            int rows = 0;
            long octets = 0;
            while (!waiting.isEmpty()) {
                Command<?> next = waiting.peekFirst().command();
                rows += next.rows();
                octets += next.weight();
                boolean fits = rows <= bounds.rows() && octets <= bounds.octets() && !next.footprint().meets(footprint)
                        && next.identity().map(identities::add).orElse(true);
                if (!fits && !taken.isEmpty()) {
                    break;
                }
                footprint = footprint.and(next.footprint());
                taken.add(waiting.removeFirst());
            }
            return taken;
        } finally {
            entering.unlock();
        }
    }

    private void putBack(List<Pending<?>> taken) {
        entering.lock();
        try {
            taken.reversed().stream().filter(pending -> !pending.isDone()).forEach(waiting::addFirst);
        } finally {
            entering.unlock();
        }
    }

    /** False when another writer must be waited for first. */
    private boolean commit(List<Pending<?>> taken) {
        boolean fresh = false;
        for (int attempt = 0; attempt < bounds.attempts(); attempt++) {
            Round round = mailbox.read(now -> Round.of(taken, now));
            if (round.isEmpty()) {
                if (fresh) {
                    return true;
                }
                // Nothing to write, so no condition tells whether it was decided on the newest state.
                mailbox.catchUp();
                fresh = true;
                continue;
            }
            if (written(round)) {
                return true;
            }
            // The pause comes first: what was read before it would be old.
            pause(attempt);
            mailbox.catchUp();
            if (committer.hasOther(mailbox.header())) {
                return false;
            }
        }
        throw new StoreException(Problem.UNAVAILABLE, "other pods were faster each time");
    }

    private boolean written(Round round) {
        long begun = System.nanoTime();
        Optional<LogHeader> to = committer.commit(round.from(), round.to(), round.rows());
        to.ifPresent(header -> {
            mailbox.committed(round.from(), header, begun, round.rows());
            observer.committed(mailbox, header);
        });
        return to.isPresent();
    }

    private static void pause(int attempt) {
        long most = PAUSE_NANOS * Math.min(LONGEST_PAUSE, 1L << attempt);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }
}
