package org.postel.mailbox.content;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.postel.mailbox.cassandra.Cql;

/**
 * Links to the contents of many messages, made or taken away. Each is in a partition of its own: a few share a request, and
 * some requests are on their way at a time.
 */
public final class ManyLinks {

    /** Partitions in one request: Cassandra warns of more than ten (unlogged_batch_across_partitions_warn_threshold). */
    static final int TOGETHER = 10;

    private final Contents contents;
    private final int inFlight;
    private final List<BatchableStatement<?>> next = new ArrayList<>();
    private final Deque<CompletionStage<?>> writing = new ArrayDeque<>();

    ManyLinks(Contents contents, int inFlight) {
        this.contents = contents;
        this.inFlight = inFlight;
    }

    /**
     * Adds a link; waits for the oldest while too many are on their way. The content is not looked at: to be used for a message
     * that another link was seen to keep, less than the grace time ago.
     */
    public void link(UUID message, Link link) {
        next.add(contents.linkRow(message, link));
        if (next.size() == TOGETHER) {
            send();
        }
    }

    /** Takes links away; contents without any are freed after the grace time, and not before their claim is over. */
    public void unlink(Map<UUID, List<Link>> gone) {
        Set<UUID> claimed = contents.claimed(gone.keySet());
        gone.forEach((message, links) -> send(contents.unlinkRows(message, links, claimed.contains(message))));
    }

    private void send() {
        send(next);
        next.clear();
    }

    private void send(List<BatchableStatement<?>> together) {
        if (writing.size() >= inFlight) {
            Cql.settle(writing.removeFirst());
        }
        writing.addLast(contents.cql().writeAsync(contents.cql().together(together)));
    }

    /** All are durable when it returns. */
    public void settle() {
        if (!next.isEmpty()) {
            send();
        }
        while (!writing.isEmpty()) {
            Cql.settle(writing.removeFirst());
        }
    }
}
