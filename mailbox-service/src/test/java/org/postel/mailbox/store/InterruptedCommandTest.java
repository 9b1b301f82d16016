package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.mailbox.content.Link;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** A caller is interrupted while its command waits, or the commit breaks off: each is told what became of its command. */
@Timeout(60)
@ExtendWith(SharedCassandra.class)
class InterruptedCommandTest {

    private final UUID mailbox = UUID.randomUUID();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    // One commit at a time, and nobody loses patience.
    private final CommitSlots slots = new CommitSlots(new CommitPace(1, 1, Duration.ofHours(1)));
    private volatile Runnable observer = () -> {};
    private MailboxLog log;
    private CommitQueue queue;

    @BeforeEach
    void emptyMailbox(CassandraSession cassandra) {
        Cql cql = new Cql(cassandra);
        log = new MailboxLog(cql);
        LogWriter writer = new LogWriter(cql, log, Clock.systemUTC());
        writer.create(mailbox, UUID.randomUUID(), 1);
        Committer.Ground ground = Committer.Ground.of(cql, log, writer, false, Duration.ZERO);
        queue = new CommitQueue(new OpenMailbox(mailbox, log, ground.headers(), new LogLimits(10), 100), new Committer(mailbox, ground),
                new CommitQueue.Bounds(10, 10, 1 << 20, 5, Duration.ZERO), slots, (changed, header) -> observer.run());
    }

    @Test
    void whatWasInterruptedBeforeItsTurnIsCommittedByNobody() throws Exception {
        CommitSlots.Turn other = begun();
        Caller interrupted = deliver(first);
        interrupted.thread.interrupt();
        assertUnavailable(interrupted);
        other.end();
        deliver(second).command.get();
        assertEquals(List.of(second), stored());
    }

    @Test
    void whatWasInterruptedBehindAnotherIsCommittedWithIt() throws Exception {
        CommitSlots.Turn other = begun();
        Caller committing = waiting(first);
        Caller behind = waiting(second);
        behind.thread.interrupt();
        other.end();
        assertEquals(1, committing.command.get().uids().first());
        assertEquals(2, behind.command.get().uids().first());
        assertEquals(List.of(second, first), stored());
    }

    @Test
    void whoWaitsBehindOneThatWasInterruptedCommits() throws Exception {
        CommitSlots.Turn other = begun();
        Caller interrupted = waiting(first);
        Caller behind = waiting(second);
        interrupted.thread.interrupt();
        assertUnavailable(interrupted);
        other.end();
        assertEquals(1, behind.command.get().uids().first());
        assertEquals(List.of(second), stored());
    }

    @Test
    void whoIsTakenAlongIsToldWhenTheCommitBreaksOff() {
        CommitSlots.Turn other = begun();
        Caller committing = waiting(first);
        Caller behind = waiting(second);
        observer = () -> {
            throw new StackOverflowError();
        };
        other.end();
        assertInstanceOf(StackOverflowError.class, assertThrows(ExecutionException.class, committing.command::get).getCause());
        assertUnavailable(behind);
    }

    private static void assertUnavailable(Caller caller) {
        StoreException told = assertInstanceOf(StoreException.class, assertThrows(ExecutionException.class, caller.command::get).getCause());
        assertEquals(Problem.UNAVAILABLE, told.problem());
    }

    private CommitSlots.Turn begun() {
        CommitSlots.Turn turn = slots.enter();
        turn.await();
        return turn;
    }

    /** Each on a thread of its own: one that waits for ever must not keep the test from ending. */
    private record Caller(FutureTask<Arrive.Arrived> command, Thread thread) {}

    private Caller deliver(UUID message) {
        NewMessage arriving = new NewMessage(message, Link.delivery(mailbox, 1), 10, 0, 0, List.of(), ByteString.EMPTY, ByteString.EMPTY);
        FutureTask<Arrive.Arrived> command = new FutureTask<>(() -> queue.submit(new Arrive(List.of(arriving.arrival(1)), OptionalLong.of(1))));
        return new Caller(command, Thread.startVirtualThread(command));
    }

    private Caller waiting(UUID message) {
        Caller caller = deliver(message);
        while (caller.thread.getState() != Thread.State.WAITING && caller.thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return caller;
    }

    /** Newest first. */
    private List<UUID> stored() {
        List<UUID> messages = new ArrayList<>();
        log.newest(mailbox, 0, row -> messages.add(Uuids.of(row.getMessageId())));
        return messages;
    }
}
