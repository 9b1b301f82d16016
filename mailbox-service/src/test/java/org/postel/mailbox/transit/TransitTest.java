package org.postel.mailbox.transit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postel.engines.KafkaServer;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.CassandraSession;
import org.postel.mailbox.cassandra.Cql;
import org.postel.mailbox.cassandra.SharedCassandra;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueSettings;
import org.postel.queue.RecordReader;
import org.postel.queue.ShareGroups;
import org.postel.queue.ShareTake;
import org.postel.queue.TakeSettings;
import org.postel.queue.TopicSetup;
import org.postel.queue.Topics;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.Stage;
import org.postel.queue.v1.TraceEvent;

/** Mail on its way, from a real Kafka into a real Cassandra and back. */
@ExtendWith(SharedCassandra.class)
class TransitTest {

    private static KafkaServer kafka;
    private static QueueSettings settings;
    private static QueueProducer producer;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private QueueAccess access;
    private Transit transit;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = KafkaServer.startTemporary();
        settings = QueueSettings.local(kafka.bootstrapServers());
        new TopicSetup(settings).create(Duration.ofSeconds(30));
        producer = new QueueProducer(settings, new SimpleMeterRegistry());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        kafka.close();
    }

    @BeforeEach
    void start(CassandraSession session) {
        access = new QueueAccess(settings, metrics);
        transit = new Transit(new Cql(session), settings, new TransitSettings(Duration.ofMillis(500), Duration.ofDays(6), Duration.ofDays(14)),
                access, "mailbox-1", Clock.systemUTC());
        transit.start();
    }

    @AfterEach
    void stop() {
        transit.close();
        access.close();
    }

    @Test
    void whatIsTracedIsListedUntilItsEndAlsoByAnotherPod(CassandraSession session) throws Exception {
        Steps steps = new Steps();
        producer.record(steps.accepted());
        producer.record(steps.step("deferred", "bob@remote.test"));
        await(() -> !transit.index().of(steps.message).isEmpty());
        stop();
        start(session);
        producer.record(steps.step("relayed", "bob@remote.test"));
        await(() -> transit.index().of(steps.message).isEmpty() && transit.journeys().of(steps.message).size() == 3);
        assertEquals(List.of("accepted", "deferred", "relayed"), transit.journeys().of(steps.message).stream().map(TraceEvent::getStep).toList());
    }

    @Test
    void aDeadLetterIsListedAndReplayedOnceWithTheWholeTimeToDeliverIt() throws Exception {
        QueuedMessage message = message();
        QueueId id = QueueId.of(message.getQueueId().toByteArray());
        producer.bury(DeadLetter.newBuilder().setMessage(message).setTopic(Topics.RELAY).setReason("handed out 9 times").setDiedAt(5).build());
        await(() -> !transit.resting().of(Topics.DEAD, id).isEmpty());
        assertEquals("handed out 9 times", transit.resting().list(Topics.DEAD, Optional.empty(), 1000).stream()
                .filter(dead -> dead.message().equals(id)).findFirst().orElseThrow().record().getReason());
        assertEquals(List.of("dead"), transit.journeys().of(id).stream().map(TraceEvent::getStep).toList());

        long before = System.currentTimeMillis();
        assertEquals(1, transit.operator().replay(id));
        Queue<QueuedMessage> again = new ConcurrentLinkedQueue<>();
        try (ShareTake take = new ShareTake(settings, new TakeSettings(Topics.RELAY, ShareGroups.RELAY, 3, 5), taken -> {
            again.add(taken.message());
            return Verdict.DONE;
        }, producer, metrics)) {
            take.start();
            await(() -> !again.isEmpty());
        }
        assertEquals(message.toBuilder().setAttempts(0).setReleasedAt(again.peek().getReleasedAt()).build(), again.peek());
        assertTrue(again.peek().getReleasedAt() >= before);
        assertEquals(List.of(), transit.resting().of(Topics.DEAD, id));
        assertEquals(QueueException.Fault.UNKNOWN, assertThrows(QueueException.class, () -> transit.operator().replay(id)).fault());
        await(() -> transit.journeys().of(id).stream().anyMatch(step -> step.getStep().equals("replayed")));
    }

    /** As a worker does that is killed between the letter and the acknowledgement. */
    @Test
    void aLetterThatWasWrittenTwiceIsReplayedOnceAndOneForOthersToo() throws Exception {
        QueuedMessage message = message();
        QueueId id = QueueId.of(message.getQueueId().toByteArray());
        DeadLetter letter = DeadLetter.newBuilder().setMessage(message).setTopic(Topics.RELAY).setReason("handed out 9 times").build();
        DeadLetter others = letter.toBuilder().setMessage(message.toBuilder().setRecipients(0, Recipient.newBuilder().setAddress("carol@remote.test"))).build();
        for (DeadLetter each : List.of(letter, others, letter)) {
            producer.bury(each);
        }
        await(() -> transit.resting().of(Topics.DEAD, id).size() == 3);

        assertEquals(2, transit.operator().replay(id));
        assertEquals(List.of(), transit.resting().of(Topics.DEAD, id));
        // Of one message, so it comes after all that was told before.
        producer.record(TraceEvent.newBuilder().setQueueId(message.getQueueId()).setAt(System.currentTimeMillis()).setStep("relayed").setSender(Steps.SENDER).build());
        await(() -> steps(id).contains("relayed"));
        assertEquals(2, steps(id).stream().filter("replayed"::equals).count());
    }

    @Test
    void aRecordThatIsNotReadableIsListedAndStays() throws Exception {
        producer.bury(DeadLetter.newBuilder().setMessage(QueuedMessage.newBuilder().setInline(ByteString.copyFromUtf8("garbage"))).setReason("not readable").build());
        QueueId nobody = new QueueId(new java.util.UUID(0, 0));
        await(() -> !transit.resting().of(Topics.DEAD, nobody).isEmpty());
        assertEquals(QueueException.Fault.NOT_NOW, assertThrows(QueueException.class, () -> transit.operator().replay(nobody)).fault());
        assertEquals(1, transit.resting().of(Topics.DEAD, nobody).size());
    }

    @Test
    void heldMailIsListedAndReleasedOnce() throws Exception {
        QueuedMessage message = message();
        QueueId id = QueueId.of(message.getQueueId().toByteArray());
        producer.hold(message);
        await(() -> !transit.resting().of(Topics.HELD, id).isEmpty());
        assertEquals(QueueException.Fault.NOT_NOW, assertThrows(QueueException.class, () -> transit.operator().retry(id)).fault());
        transit.operator().release(id);
        assertEquals(List.of(), transit.resting().of(Topics.HELD, id));
        assertEquals(QueueException.Fault.UNKNOWN, assertThrows(QueueException.class, () -> transit.operator().release(id)).fault());
    }

    @Test
    void anOrderSaysWhereTheMessageWaits() throws Exception {
        Steps steps = new Steps();
        Place place = producer.retry(message().toBuilder().setQueueId(ByteString.copyFrom(steps.message.toBytes())).build(), Duration.ofHours(6));
        producer.record(steps.step("deferred", "bob@waiting.test").toBuilder().setPlace(place).build());
        await(() -> !transit.index().of(steps.message).isEmpty());
        transit.operator().bounce(steps.message);
        assertEquals(new Operator.Ordered(1, false), transit.operator().retryDomain("waiting.test", 100));
        assertEquals(new Operator.Ordered(0, false), transit.operator().retryDomain("nobody.test", 100));
        transit.operator().release(steps.message);
        assertEquals(List.of(Order.Action.BOUNCE, Order.Action.RETRY, Order.Action.RELEASE), orders(steps.message).stream().map(Order::getAction).toList());
        orders(steps.message).forEach(order -> assertEquals(List.of(place), order.getPlacesList()));
    }

    @Test
    void whatNobodyKnowsCannotBeOrderedAbout() {
        QueueId nobody = QueueId.next();
        assertEquals(QueueException.Fault.UNKNOWN, assertThrows(QueueException.class, () -> transit.operator().hold(nobody)).fault());
        assertEquals(QueueException.Fault.UNKNOWN, assertThrows(QueueException.class, () -> transit.operator().delete(nobody)).fault());
    }

    @Test
    void deletedDeadLettersAreGone() throws Exception {
        QueuedMessage message = message();
        QueueId id = QueueId.of(message.getQueueId().toByteArray());
        producer.bury(DeadLetter.newBuilder().setMessage(message).setReason("x").build());
        await(() -> !transit.resting().of(Topics.DEAD, id).isEmpty());
        transit.operator().delete(id);
        assertEquals(List.of(), transit.resting().of(Topics.DEAD, id));
    }

    /** Read with the reader of single records, from the first on. */
    private static List<Order> orders(QueueId about) throws Exception {
        List<Order> orders = new ArrayList<>();
        try (RecordReader reader = new RecordReader(settings)) {
            Place.Builder place = Place.newBuilder().setTopic(Topics.ORDERS);
            for (Optional<byte[]> record = reader.read(place.build()); record.isPresent();
                    record = reader.read(place.setOffset(place.getOffset() + 1).build())) {
                orders.add(Order.parseFrom(record.get()));
            }
        }
        return orders.stream().filter(order -> order.getQueueId().equals(ByteString.copyFrom(about.toBytes()))).toList();
    }

    private List<String> steps(QueueId message) {
        return transit.journeys().of(message).stream().map(TraceEvent::getStep).toList();
    }

    static QueuedMessage message() {
        return QueuedMessage.newBuilder().setQueueId(ByteString.copyFrom(QueueId.next().toBytes())).setReversePath(Steps.SENDER)
                .addRecipients(Recipient.newBuilder().setAddress("bob@remote.test")).setRelayDomain("remote.test").setStage(Stage.RELAY)
                .setAttempts(3).setInline(ByteString.copyFromUtf8("Subject: hello\r\n\r\nhello\r\n")).build();
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "nothing happened for a minute");
            Thread.sleep(50);
        }
    }
}
