package org.postel.mailbox.transit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.Cql;
import org.postel.queue.v1.JourneyRow;
import org.postel.queue.v1.TraceEvent;

/** Says which way a message went. */
public final class Journeys {

    private static final Logger LOG = Logger.getLogger(Journeys.class);
    private static final int MOST_NAMESAKES = 20;

    private static final int HOURS_AT_ONCE = 48;

    private final Cql cql;
    private final Duration kept;
    private final Clock clock;

    Journeys(Cql cql, TransitSettings settings, Clock clock) {
        this.cql = cql;
        this.kept = settings.journey();
        this.clock = clock;
    }

    /** Messages with this Message-ID, the youngest first, at most 20: the sender makes it, and may make it twice. */
    public List<QueueId> named(String messageId) {
        List<QueueId> named = new ArrayList<>();
        int now = Scopes.hour(clock.millis());
        int first = Scopes.hour(clock.millis() - kept.toMillis());
        // Most are asked for soon, so the last hours are read first.
        for (int from = now + 1; from >= first && named.size() < MOST_NAMESAKES; from -= HOURS_AT_ONCE) {
            List<CompletionStage<AsyncResultSet>> hours = new ArrayList<>();
            for (int hour = from; hour >= first && hour > from - HOURS_AT_ONCE; hour--) {
                hours.add(cql.readAsync("SELECT queue_id FROM message_named WHERE hour = ? AND shard = ? AND message_id = ? LIMIT ?",
                        hour, Scopes.shard(messageId), messageId, MOST_NAMESAKES));
            }
            for (CompletionStage<AsyncResultSet> hour : hours) {
                Cql.settle(hour);
                hour.toCompletableFuture().join().currentPage().forEach(row -> named.add(new QueueId(row.getUuid("queue_id"))));
            }
        }
        return named.stream().limit(MOST_NAMESAKES).toList();
    }

    /** The steps of a message in their order; none when nobody heard of it, or it is too long ago. */
    public List<TraceEvent> of(QueueId message) {
        // Equal ones are one: what was read again after a crash lies in two rows.
        Set<TraceEvent> events = new LinkedHashSet<>();
        for (Row row : Cql.asking(() -> cql.read("SELECT events FROM message_journey WHERE minute = ? AND queue_id = ?",
                Scopes.minute(message.uuid()), message.uuid()).all())) {
            try {
                events.addAll(JourneyRow.parseFrom(row.getByteBuffer("events")).getEventList());
            } catch (InvalidProtocolBufferException e) {
                LOG.warnf("the journey of %s is not readable: %s", message, e.getMessage());
            }
        }
        return events.stream().sorted(Comparator.comparingLong(TraceEvent::getAt)).toList();
    }
}
