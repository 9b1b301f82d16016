package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.api.v1.MailboxHeader;

/** Many headers cost few statements, and few of these are under way at once. */
@Timeout(30)
class HeaderReadsTest {

    private static final UUID ACCOUNT = new UUID(1, 1);

    /** A statement that was sent and not answered yet. */
    private record Statement(List<UUID> mailboxes, CompletableFuture<List<UUID>> answer) {

        void reply() {
            answer.complete(mailboxes);
        }
    }

    private final BlockingQueue<Statement> sent = new LinkedBlockingQueue<>();
    private final HeaderReads<List<UUID>> slow = reads(some -> {
        Statement statement = new Statement(some, new CompletableFuture<>());
        sent.add(statement);
        return statement.answer();
    });

    /** Statements that answer with the mailboxes that are there. */
    private static HeaderReads<List<UUID>> reads(Function<List<UUID>, CompletionStage<List<UUID>>> statement) {
        return new HeaderReads<>(statement, HeaderReadsTest::headers);
    }

    private static List<UUID> mailboxes(int count) {
        return IntStream.range(0, count).mapToObj(i -> new UUID(2, i)).toList();
    }

    private static LogHeader header(UUID mailbox) {
        return new LogHeader(MailboxHeader.newBuilder().setModseq(mailbox.getLeastSignificantBits()).build(), ACCOUNT, 0, false, Optional.empty(), Optional.empty(),
                new LogHeader.SnapshotPosition(0, 0, 0, 0), LogHeader.Tenancy.NONE);
    }

    private static Map<UUID, LogHeader> headers(List<UUID> mailboxes) {
        return mailboxes.stream().collect(Collectors.toMap(mailbox -> mailbox, HeaderReadsTest::header));
    }

    private static List<UUID> read(HeaderReads<List<UUID>> reads, List<UUID> mailboxes) {
        List<UUID> told = new ArrayList<>();
        reads.read(mailboxes, (mailbox, header) -> {
            assertEquals(mailbox.getLeastSignificantBits(), header.modseq());
            told.add(mailbox);
        });
        return told;
    }

    private CompletableFuture<List<UUID>> start(List<UUID> mailboxes) {
        CompletableFuture<List<UUID>> told = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                told.complete(read(slow, mailboxes));
            } catch (RuntimeException e) {
                told.completeExceptionally(e);
            }
        });
        return told;
    }

    @Test
    void aThousandTakeTwentyStatementsAndComeInTheOrderAsked() {
        List<UUID> asked = mailboxes(1000).reversed();
        List<Integer> sizes = new ArrayList<>();
        HeaderReads<List<UUID>> reads = reads(some -> {
            sizes.add(some.size());
            return CompletableFuture.completedStage(some);
        });
        assertEquals(asked, read(reads, asked));
        assertEquals(20, sizes.size());
    }

    @Test
    void whatNeverWasIsLeftOut() {
        List<UUID> asked = mailboxes(70);
        HeaderReads<List<UUID>> reads = reads(some -> CompletableFuture.completedStage(
                some.stream().filter(mailbox -> mailbox.getLeastSignificantBits() % 3 > 0).toList()));
        assertEquals(asked.stream().filter(mailbox -> mailbox.getLeastSignificantBits() % 3 > 0).toList(), read(reads, asked));
    }

    @Test
    void oneCallerHasAFewStatementsUnderWay() throws Exception {
        CompletableFuture<List<UUID>> told = start(mailboxes(1000));
        List<Statement> first = new ArrayList<>();
        for (int i = 0; i < HeaderReads.OF_ONE; i++) {
            first.add(sent.take());
        }
        // The answer to the last lets nothing follow: the first is waited for.
        first.getLast().reply();
        assertTrue(sent.isEmpty());
        first.forEach(Statement::reply);
        while (!told.isDone()) {
            Optional.ofNullable(sent.poll(10, TimeUnit.MILLISECONDS)).ifPresent(Statement::reply);
        }
        assertEquals(mailboxes(1000), told.get());
    }

    @Test
    void allCallersTogetherHaveSomeStatementsUnderWay() throws Exception {
        int callers = 2 * HeaderReads.OF_ALL;
        List<CompletableFuture<List<UUID>>> told = IntStream.range(0, callers).mapToObj(i -> start(mailboxes(1))).toList();
        List<Statement> underWay = new ArrayList<>();
        for (int i = 0; i < HeaderReads.OF_ALL; i++) {
            underWay.add(sent.take());
        }
        for (int i = HeaderReads.OF_ALL; i < callers; i++) {
            assertTrue(sent.isEmpty(), "no room is left");
            underWay.get(i - HeaderReads.OF_ALL).reply();
            underWay.add(sent.take());
        }
        underWay.forEach(Statement::reply);
        for (CompletableFuture<List<UUID>> each : told) {
            assertEquals(mailboxes(1), each.get());
        }
    }

    @Test
    void statementsThatFailMakeRoom() {
        List<Function<List<UUID>, CompletionStage<List<UUID>>>> failures = List.of(
                some -> CompletableFuture.failedStage(new IllegalStateException("no answer")),
                some -> {
                    throw new IllegalStateException("not sent");
                });
        for (var failure : failures) {
            HeaderReads<List<UUID>> reads = reads(failure);
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                for (int i = 0; i <= HeaderReads.OF_ALL; i++) {
                    RuntimeException thrown = assertThrows(RuntimeException.class, () -> read(reads, mailboxes(1)));
                    assertEquals(IllegalStateException.class, thrown instanceof CompletionException ? thrown.getCause().getClass() : thrown.getClass());
                }
            });
        }
    }
}
