package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.storage.StoreException;
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
    public QueueSearch.Part list(QueueFilter filter, Optional<Queued> after, int limit) {
        QueueSearch search = new QueueSearch(filter, after, limit);
        int rows = Math.min(limit, MOST_ROWS);
        int first = after.map(last -> Scopes.hour(last.message().uuid())).orElse(Scopes.hour(clock.millis() - kept.toMillis()));
        int last = Scopes.hour(clock.millis()) + 1;
        for (int from = first; from <= last && !search.isOver(); from += HOURS_AT_ONCE) {
            List<QueuedHour> hours = new ArrayList<>();
            for (int hour = from; hour <= last && hour < from + HOURS_AT_ONCE; hour++) {
                hours.add(new QueuedHour(cql, filter.scope(), hour, rows));
            }
            List<CompletionStage<AsyncResultSet>> begun = hours.stream().map(hour -> hour.behind(search.last())).toList();
            for (int i = 0; i < begun.size() && !search.isOver(); i++) {
                look(hours.get(i), begun.get(i), search);
            }
        }
        return search.part();
    }

    private static void look(QueuedHour hour, CompletionStage<AsyncResultSet> whole, QueueSearch search) {
        try {
            look(whole, search);
        } catch (StoreException e) {
            if (!(e.getCause() instanceof ReadFailureException)) {
                throw e;
            }
            hour.minutesBehind(search.last()).forEach(minute -> look(minute, search));
        }
    }

    /** Of one message. */
    public List<QueueEntry> of(QueueId message) {
        return Cql.asking(() -> cql.read("SELECT queue_id, recipient, entry FROM mail_queued WHERE scope = ? AND hour = ? AND queue_id = ?",
                Scopes.ALL, Scopes.hour(message.uuid()), message.uuid()).all()).stream().map(QueueIndex::entry).toList();
    }

    private static void look(CompletionStage<AsyncResultSet> hour, QueueSearch search) {
        AsyncResultSet rows = settled(hour);
        while (!search.isOver()) {
            for (Row row : rows.currentPage()) {
                search.look(new Queued(new QueueId(row.getUuid("queue_id")), entry(row)));
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
