package org.postel.mailbox.transit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.queue.Topics;
import org.postel.queue.v1.TraceEvent;

/** From trace events to the list, on a real Cassandra. Time stands still unless a test says so. */
@ExtendWith(SharedCassandra.class)
class TraceViewTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.TRACE, 0);
    private static final TransitSettings SETTINGS = new TransitSettings(Duration.ofSeconds(5), Duration.ofDays(6), Duration.ofDays(14));
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final String domain = "d" + QueueId.next() + ".test";
    private final String bob = "bob@" + domain;
    private final String carol = "carol@" + domain;
    private Cql cql;
    private TraceView view;
    private QueueIndex index;
    private Journeys journeys;
    private long offset;
    private long written = Long.MAX_VALUE;

    @BeforeEach
    void open(CassandraSession session) {
        cql = new Cql(session);
        view = new TraceView(cql, new TransitTables(cql, SETTINGS), SETTINGS, nanos::get);
        index = new QueueIndex(cql, SETTINGS, Clock.systemUTC());
        journeys = new Journeys(cql, SETTINGS, Clock.systemUTC());
    }

    @Test
    void mailThatIsDeliveredAtOnceIsNeverListedAndItsJourneyIsKnown() throws Exception {
        Steps steps = new Steps();
        follow(steps.accepted(), steps.step("delivered", bob));
        assertEquals(List.of(), journeys.of(steps.message), "too early");
        assertEquals(Map.of(PARTITION, 2L), after(SECOND));
        assertEquals(List.of(), index.of(steps.message));
        assertEquals(0, cql.read("SELECT * FROM mail_queued WHERE scope = ? AND hour = ?", "to:" + domain, Scopes.hour(steps.uuid())).all().size());
        assertEquals(List.of("accepted", "delivered"), steps(journeys.of(steps.message)));
        assertEquals(List.of(steps.message), journeys.named("<" + steps.message + "@example.test>"));
        assertEquals(List.of(), journeys.named("<nobody@example.test>"));
    }

    @Test
    void mailThatWaitsIsListedOnceItHasSettledAndUntilItsEnd() throws Exception {
        Steps steps = new Steps();
        assertEquals(Map.of(PARTITION, 0L), follow(steps.accepted(), steps.step("routed", bob), steps.step("deferred", bob)),
                "not written: after a crash it is read again");
        assertEquals(Map.of(), after(4 * SECOND));
        assertEquals(List.of(), listed(QueueFilter.ALL, steps));
        after(2 * SECOND);
        assertEquals(List.of(bob), listed(QueueFilter.ALL, steps));
        assertEquals(List.of(bob), listed(to(domain), steps));
        assertEquals(List.of(bob), listed(from(Steps.SENDER), steps));
        assertEquals(List.of(), listed(from(""), steps));
        assertEquals(List.of(), listed(to("other.test"), steps));
        follow(steps.step("relayed", bob));
        after(6 * SECOND);
        assertEquals(List.of(), listed(QueueFilter.ALL, steps));
        assertEquals(List.of(), listed(to(domain), steps));
        assertEquals(List.of(), listed(from(Steps.SENDER), steps));
        assertEquals(List.of("accepted", "routed", "deferred", "relayed"), steps(journeys.of(steps.message)));
    }

    @Test
    void acceptedThatComesLastOfAllOpensNothing() throws Exception {
        Steps steps = new Steps();
        TraceEvent accepted = steps.accepted();
        follow(steps.step("routed", bob));
        after(6 * SECOND);
        assertEquals(List.of(bob), listed(to(domain), steps));
        follow(accepted, steps.step("relayed", bob));
        after(6 * SECOND);
        assertEquals(List.of(), index.of(steps.message));
        assertEquals(List.of(), listed(to(domain), steps));
    }

    @Test
    void whatWasReadTwiceIsToldOnceAndEndsWhatWasListedTheFirstTime() throws Exception {
        Steps steps = new Steps();
        TraceEvent[] events = {steps.accepted(), steps.step("routed", bob), steps.step("relayed", bob)};
        follow(events[0], events[1]);
        after(6 * SECOND);
        assertEquals(List.of(bob), listed(to(domain), steps));
        view.forget(List.of(PARTITION));
        offset = 0;
        written = 0;
        follow(events);
        after(6 * SECOND);
        assertEquals(List.of(), listed(to(domain), steps));
        assertEquals(List.of("accepted", "routed", "relayed"), steps(journeys.of(steps.message)));
    }

    @Test
    void pagesFollowEachOtherOverHoursAndRecipients() throws Exception {
        List<QueueId> oldestFirst = new ArrayList<>();
        for (int hours = 70; hours >= 0; hours -= 7) {
            Steps steps = Steps.hoursAgo(hours);
            oldestFirst.add(steps.message);
            follow(steps.accepted(), steps.step("deferred", bob), steps.step("deferred", carol));
        }
        after(6 * SECOND);
        List<Queued> all = new ArrayList<>();
        Optional<Queued> last = Optional.empty();
        for (List<Queued> page = index.list(to(domain), last, 3).entries(); !page.isEmpty(); page = index.list(to(domain), last, 3).entries()) {
            assertTrue(page.size() <= 3);
            all.addAll(page);
            last = Optional.of(page.getLast());
        }
        assertEquals(oldestFirst.stream().flatMap(id -> List.of(id, id).stream()).toList(), all.stream().map(Queued::message).toList());
        assertEquals(List.of(bob, carol), all.stream().limit(2).map(one -> one.entry().getRecipient()).toList());
    }

    @Test
    void manyMessagesOfAMomentAreAllWritten() throws Exception {
        List<Steps> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Steps steps = new Steps();
            many.add(steps);
            follow(steps.accepted(), steps.step("deferred", bob));
        }
        after(6 * SECOND);
        assertEquals(500, index.list(to(domain), Optional.empty(), 1000).entries().size());
        for (Steps steps : many) {
            assertEquals(2, journeys.of(steps.message).size());
            assertEquals(List.of(steps.message), journeys.named("<" + steps.message + "@example.test>"));
        }
    }

    /** As where a destination that was dead for long takes its mail again: Cassandra reads over so many deleted rows at most (this one: 10,000). */
    @Test
    void whatIsLeftOfAnHourIsListedWhenMuchOfItHasGone() throws Exception {
        TransitTables tables = new TransitTables(cql, SETTINGS);
        long hour = (System.currentTimeMillis() / 3_600_000 - 3) * 3_600_000;
        Steps left = new Steps(new QueueId(at(hour + 3_599_000, QueueId.next().uuid().getLeastSignificantBits())));
        ManyWrites writes = new ManyWrites(cql);
        for (int i = 0; i < 11_000; i++) {
            for (TransitTables.Write end : tables.ended(at(hour + i * 300L, Long.MIN_VALUE + i), "", bob)) {
                if (end.partition().contains("to:" + domain)) {
                    writes.add(end);
                }
            }
        }
        writes.end();
        follow(left.accepted(), left.step("deferred", bob), left.step("deferred", carol));
        after(6 * SECOND);
        QueueSearch.Part page = index.list(to(domain), Optional.empty(), 1);
        assertEquals(List.of(bob), page.entries().stream().map(one -> one.entry().getRecipient()).toList());
        assertEquals(List.of(carol), index.list(to(domain), page.next(), 10).entries().stream().map(one -> one.entry().getRecipient()).toList());
    }

    @Test
    void domainAndSenderTogetherAreBothAskedOf() throws Exception {
        Steps steps = new Steps();
        follow(steps.accepted(), steps.step("deferred", bob), steps.step("deferred", "x@other.test"));
        after(6 * SECOND);
        assertEquals(List.of(bob), listed(new QueueFilter(Optional.of(domain), Optional.of("ALICE@example.test")), steps));
        assertEquals(List.of(), listed(new QueueFilter(Optional.of(domain), Optional.of("mallory@example.test")), steps));
    }

    private static UUID at(long millis, long rest) {
        return new UUID((millis << 16) | 0x7000, rest);
    }

    private static QueueFilter to(String domain) {
        return new QueueFilter(Optional.of(domain), Optional.empty());
    }

    private static QueueFilter from(String sender) {
        return new QueueFilter(Optional.empty(), Optional.of(sender));
    }

    private static List<String> steps(List<TraceEvent> events) {
        return events.stream().map(TraceEvent::getStep).toList();
    }

    /** Of this message; others of this class are in the same table. */
    private List<String> listed(QueueFilter filter, Steps steps) {
        return index.list(filter, Optional.empty(), 1000).entries().stream().filter(one -> one.message().equals(steps.message))
                .map(one -> one.entry().getRecipient()).toList();
    }

    private Map<TopicPartition, Long> after(long passed) throws InterruptedException {
        nanos.addAndGet(passed);
        return follow();
    }

    private Map<TopicPartition, Long> follow(TraceEvent... events) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (TraceEvent event : events) {
            records.add(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset++, written, TimestampType.CREATE_TIME, 0, 0,
                    event.getQueueId().toByteArray(), event.toByteArray(), new RecordHeaders(), Optional.empty()));
        }
        return view.follow(records.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(Map.of(PARTITION, records), Map.of()));
    }
}
