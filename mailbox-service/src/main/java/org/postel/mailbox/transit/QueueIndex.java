package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.Cql;
import org.postel.queue.v1.QueueEntry;

/** Says what is queued, oldest first, from the index: what it costs grows with what is asked for, not with what is queued. */
public final class QueueIndex {

    // Read at the same time: most hours are empty, and what is there fills a page soon.
    private static final int HOURS_AT_ONCE = 48;
    // A notification bears the time of the message it is about, and is then queued as long as that may be.
    private static final int LIVES = 2;
    // Of one hour at once, so that many hours fit into memory.
    private static final int MOST_ROWS = 500;

    private final Cql cql;
    private final Duration kept;
    private final Clock clock;

    QueueIndex(Cql cql, TransitSettings settings, Clock clock) {
        this.cql = cql;
        this.kept = settings.queued().multipliedBy(LIVES);
        this.clock = clock;
    }

    /**
     * The oldest that the filter takes.
     *
     * @param after the last entry of the page before
     * @param limit entries at most
     */
    public List<Queued> list(QueueFilter filter, Optional<Queued> after, int limit) {
        List<Queued> page = new ArrayList<>();
        int first = after.map(last -> Scopes.hour(last.message().uuid())).orElse(Scopes.hour(clock.millis() - kept.toMillis()));
        int last = Scopes.hour(clock.millis()) + 1;
        for (int from = first; from <= last && page.size() < limit; from += HOURS_AT_ONCE) {
            List<CompletionStage<AsyncResultSet>> hours = new ArrayList<>();
            for (int hour = from; hour <= last && hour < from + HOURS_AT_ONCE; hour++) {
                hours.add(hour == first && after.isPresent() ? after(filter, after.get(), limit)
                        : cql.readPagesAsync(Math.min(limit, MOST_ROWS), "SELECT queue_id, recipient, entry FROM mail_queued WHERE scope = ? AND hour = ?",
                                filter.scope(), hour));
            }
            for (CompletionStage<AsyncResultSet> hour : hours) {
                add(hour, filter, page, limit);
            }
        }
        return page;
    }

    /** Of one message. */
    public List<QueueEntry> of(QueueId message) {
        return Cql.asking(() -> cql.read("SELECT queue_id, recipient, entry FROM mail_queued WHERE scope = ? AND hour = ? AND queue_id = ?",
                Scopes.ALL, Scopes.hour(message.uuid()), message.uuid()).all()).stream().map(QueueIndex::entry).toList();
    }

    private CompletionStage<AsyncResultSet> after(QueueFilter filter, Queued last, int limit) {
        UUID message = last.message().uuid();
        return cql.readPagesAsync(Math.min(limit, MOST_ROWS), """
                SELECT queue_id, recipient, entry FROM mail_queued WHERE scope = ? AND hour = ? AND (queue_id, recipient) > (?, ?)""",
                filter.scope(), Scopes.hour(message), message, last.entry().getRecipient());
    }

    private static void add(CompletionStage<AsyncResultSet> hour, QueueFilter filter, List<Queued> page, int limit) {
        AsyncResultSet rows = settled(hour);
        while (page.size() < limit) {
            for (Row row : rows.currentPage()) {
                QueueEntry entry = entry(row);
                if (page.size() < limit && filter.takes(entry.getSender(), entry.getRecipient())) {
                    page.add(new Queued(new QueueId(row.getUuid("queue_id")), entry));
                }
            }
            if (!rows.hasMorePages()) {
                return;
            }
            rows = settled(rows.fetchNextPage());
        }
    }

    private static AsyncResultSet settled(CompletionStage<AsyncResultSet> rows) {
        Cql.settle(rows);
        return rows.toCompletableFuture().join();
    }

    private static QueueEntry entry(Row row) {
        try {
            return QueueEntry.parseFrom(row.getByteBuffer("entry"));
        } catch (InvalidProtocolBufferException e) {
            return QueueEntry.newBuilder().setRecipient(row.getString("recipient")).setDetail("the entry is not readable").build();
        }
    }
}
