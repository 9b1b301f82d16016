package org.postel.mailbox.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.postel.mailbox.cassandra.Cql;

/**
 * Reads the headers of many mailboxes, some with one statement: the way of a statement costs several times what it costs to read a header.
 * In memory is what the statements under way tell, however many mailboxes are asked for. These are bounded for each caller, so that it
 * takes turns with others, and for all callers together, so that Cassandra's queue of reads stays short.
 *
 * @param <R> what a statement answers; it is taken apart by the caller's thread, not by the one that brings it
 */
final class HeaderReads<R> {

    /** Mailboxes that one statement names: its coordinator reads their partitions at the same time, and answers when it has all. */
    static final int TOGETHER = 50;
    /** Statements of one caller under way. */
    static final int OF_ONE = 4;
    /** Statements of all callers under way. */
    static final int OF_ALL = 8;

    private final Function<List<UUID>, CompletionStage<R>> statement;
    private final Function<R, Map<UUID, LogHeader>> headers;
    private final Semaphore room = new Semaphore(OF_ALL, true);

    /**
     * @param statement asks for the headers of some mailboxes
     * @param headers   takes its answer apart; mailboxes that never were are left out
     */
    HeaderReads(Function<List<UUID>, CompletionStage<R>> statement, Function<R, Map<UUID, LogHeader>> headers) {
        this.statement = statement;
        this.headers = headers;
    }

    private record Asked<R>(List<UUID> mailboxes, CompletionStage<R> answer) {}

    /** Those that ever were, in the order asked. */
    void read(List<UUID> mailboxes, BiConsumer<UUID, LogHeader> to) {
        Deque<Asked<R>> asked = new ArrayDeque<>();
        for (int at = 0; at < mailboxes.size(); at += TOGETHER) {
            if (asked.size() == OF_ONE) {
                tell(asked.removeFirst(), to);
            }
            asked.addLast(ask(mailboxes.subList(at, Math.min(mailboxes.size(), at + TOGETHER))));
        }
        asked.forEach(each -> tell(each, to));
    }

    private Asked<R> ask(List<UUID> some) {
        room.acquireUninterruptibly();
        CompletionStage<R> answer;
        try {
            answer = statement.apply(some);
        } catch (RuntimeException e) {
            room.release();
            throw e;
        }
        answer.whenComplete((rows, failure) -> room.release());
        return new Asked<>(some, answer);
    }

    private void tell(Asked<R> asked, BiConsumer<UUID, LogHeader> to) {
        Cql.settle(asked.answer());
        Map<UUID, LogHeader> found = headers.apply(asked.answer().toCompletableFuture().join());
        asked.mailboxes().forEach(mailbox -> Optional.ofNullable(found.get(mailbox)).ifPresent(header -> to.accept(mailbox, header)));
    }
}
