package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.postel.mailbox.cassandra.Cql;

/**
 * The entries of one partition of the index, oldest first.
 *
 * @param hour since the epoch
 * @param rows of a page
 */
record QueuedHour(Cql cql, String scope, int hour, int rows) {

    private static final String ENTRIES = "SELECT queue_id, recipient, entry FROM mail_queued WHERE scope = ? AND hour = ?";
    private static final int MINUTES = 60;

    /** All behind an entry, if that is of this hour; else all. */
    CompletionStage<AsyncResultSet> behind(Optional<Queued> entry) {
        return entry.filter(this::has)
                .map(last -> cql.readPagesAsync(rows, ENTRIES + " AND (queue_id, recipient) > (?, ?)", scope, hour, last.message().uuid(),
                        last.entry().getRecipient()))
                .orElseGet(() -> cql.readPagesAsync(rows, ENTRIES, scope, hour));
    }

    /**
     * The same minute by minute. Cassandra refuses a read that passes over more than 100,000 entries that have gone, as where a
     * destination that was dead for long takes its mail again.
     */
    List<CompletionStage<AsyncResultSet>> minutesBehind(Optional<Queued> entry) {
        List<CompletionStage<AsyncResultSet>> minutes = new ArrayList<>();
        for (int minute = hour * MINUTES; minute < (hour + 1) * MINUTES; minute++) {
            UUID begin = Scopes.begin(minute);
            UUID end = Scopes.begin(minute + 1);
            Optional<Queued> last = entry.filter(this::has).filter(one -> one.message().uuid().compareTo(begin) > 0);
            if (last.map(one -> one.message().uuid().compareTo(end) < 0).orElse(true)) {
                minutes.add(cql.readPagesAsync(rows, ENTRIES + " AND (queue_id, recipient) > (?, ?) AND (queue_id) < (?)", scope, hour,
                        last.map(one -> one.message().uuid()).orElse(begin), last.map(one -> one.entry().getRecipient()).orElse(""), end));
            }
        }
        return minutes;
    }

    private boolean has(Queued entry) {
        return Scopes.hour(entry.message().uuid()) == hour;
    }
}
