package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postel.engines.KafkaServer;
import org.postel.mail.QueueId;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Order.Action;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;

/** An operator's orders on a real broker. */
class OrdersOnKafkaTest {

    private static final Duration TIER = Duration.ofSeconds(12);
    private static KafkaServer kafka;
    private static QueueSettings settings;
    private static QueueProducer producer;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = KafkaServer.startTemporary();
        settings = QueueSettings.local(kafka.bootstrapServers()).withRetryTiers(List.of(TIER));
        new TopicSetup(settings).create(Duration.ofSeconds(30));
        producer = new QueueProducer(settings, new SimpleMeterRegistry());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        kafka.close();
    }

    @Test
    void aRecordInTheMidstOfATierIsMovedAtOnceAndOnceOnlyWhoeverMovesTheTierThen() throws Exception {
        List<QueuedMessage> messages = List.of(message(), message(), message());
        Queue<ByteString> back = new ConcurrentLinkedQueue<>();
        try (ShareTake take = new ShareTake(settings, new TakeSettings(Topics.RELAY, ShareGroups.RELAY, 3, 5), taken -> {
            back.add(taken.message().getQueueId());
            return Verdict.DONE;
        }, producer, new SimpleMeterRegistry())) {
            take.start();
            long queued = System.nanoTime();
            Place first = producer.retry(messages.get(0), TIER);
            Place place = producer.retry(messages.get(1), TIER);
            producer.retry(messages.get(2), TIER);
            // One that says what is elsewhere moves nothing.
            producer.order(List.of(order(messages.get(2), Action.RETRY).addPlaces(first).build()));
            producer.order(List.of(order(messages.get(1), Action.RETRY).addPlaces(place).build()));
            // A worker's producer has never written an order before.
            try (QueueProducer fresh = new QueueProducer(settings, new SimpleMeterRegistry()); StandingOrders orders = new StandingOrders(settings);
                    RetryMover mover = new RetryMover(settings, TIER, fresh, orders)) {
                orders.start();
                mover.start();
                await(() -> !back.isEmpty());
                assertTrue(System.nanoTime() - queued < TIER.toNanos(), "not before it was due");
                assertEquals(List.of(messages.get(1).getQueueId()), List.copyOf(back));
                await(() -> orders.waiting().moved(new TopicPartition(place.getTopic(), 0), place.getOffset()));
            }
            try (StandingOrders orders = new StandingOrders(settings); RetryMover mover = new RetryMover(settings, TIER, producer, orders)) {
                orders.start();
                mover.start();
                await(() -> back.size() >= 3);
                assertTrue(System.nanoTime() - queued >= TIER.toNanos(), "others were moved too");
                Thread.sleep(1000);
                assertEquals(List.of(1, 0, 2), back.stream().map(id -> position(messages, id)).sorted((a, b) -> a == 1 ? -1 : b == 1 ? 1 : a - b).toList());
                await(() -> !orders.waiting().moved(new TopicPartition(place.getTopic(), 0), place.getOffset()));
            }
        }
    }

    @Test
    void whatIsTakenBackOutOfATierDoesNotComeAndTheNextOneDoes() throws Exception {
        List<QueuedMessage> messages = List.of(message(), message());
        Queue<ByteString> back = new ConcurrentLinkedQueue<>();
        try (ShareTake take = new ShareTake(settings, new TakeSettings(Topics.RELAY, ShareGroups.RELAY, 3, 5), taken -> {
            back.add(taken.message().getQueueId());
            return Verdict.DONE;
        }, producer, new SimpleMeterRegistry()); StandingOrders orders = new StandingOrders(settings); RetryMover mover = new RetryMover(settings, TIER, producer, orders)) {
            take.start();
            orders.start();
            mover.start();
            Place place = producer.retry(messages.get(0), TIER);
            producer.takeBack(place, messages.get(0));
            producer.retry(messages.get(1), TIER);
            await(() -> back.contains(messages.get(1).getQueueId()));
            assertFalse(back.contains(messages.get(0).getQueueId()), "it was taken back");
            await(() -> !orders.waiting().moved(new TopicPartition(place.getTopic(), 0), place.getOffset()));
        }
    }

    @Test
    void theLastOrderAboutAMessageStandsUntilItIsReleased() throws Exception {
        QueuedMessage message = message();
        producer.order(List.of(order(message, Action.BOUNCE).setAt(1000).build()));
        producer.order(List.of(order(message, Action.HOLD).setAt(2000).build()));
        try (StandingOrders orders = new StandingOrders(settings)) {
            orders.start();
            orders.catchUp();
            assertEquals(Optional.of(Action.HOLD), orders.about(message).map(Order::getAction));
            assertEquals(Optional.empty(), orders.about(message()));
            assertEquals(Optional.empty(), orders.about(message.toBuilder().setReleasedAt(2000).build()));
            assertEquals(Optional.of(Action.HOLD), orders.about(message.toBuilder().setReleasedAt(1999).build()).map(Order::getAction));
            producer.order(List.of(order(message, Action.RELEASE).setAt(3000).build()));
            orders.catchUp();
            assertEquals(Optional.empty(), orders.about(message));
        }
    }

    // Who tries a whole domain again does not mean the one mail of it that somebody put aside.
    @Test
    void aRetryUndoesNoOtherOrder() throws Exception {
        QueuedMessage message = message();
        Order hold = order(message, Action.HOLD).setAt(1000).build();
        Order retry = order(message, Action.RETRY).setAt(2000).build();
        producer.order(List.of(hold, retry));
        try (StandingOrders orders = new StandingOrders(settings)) {
            orders.start();
            orders.catchUp();
            assertEquals(Optional.of(Action.HOLD), orders.about(message).map(Order::getAction));
        }
        assertFalse(Arrays.equals(StandingOrders.key(hold), StandingOrders.key(retry)), "compaction keeps one of them only");
        assertArrayEquals(StandingOrders.key(hold), StandingOrders.key(order(message, Action.RELEASE).build()));
    }

    @Test
    void whoCannotReadTheOrdersDoesNotGoOn() {
        QueueSettings nobody = QueueSettings.local("127.0.0.1:1");
        try (StandingOrders orders = new StandingOrders(nobody, Duration.ofSeconds(1))) {
            orders.start();
            assertThrows(KafkaException.class, orders::catchUp);
        }
    }

    private static int position(List<QueuedMessage> messages, ByteString id) {
        return messages.stream().map(QueuedMessage::getQueueId).toList().indexOf(id);
    }

    private static Order.Builder order(QueuedMessage message, Action action) {
        return Order.newBuilder().setQueueId(message.getQueueId()).setAction(action).setAt(System.currentTimeMillis());
    }

    private static QueuedMessage message() {
        return QueuedMessage.newBuilder().setQueueId(ByteString.copyFrom(QueueId.next().toBytes())).setStage(Stage.RELAY)
                .setInline(ByteString.copyFromUtf8("Subject: hello\r\n\r\nhello\r\n")).build();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "nothing happened for a minute");
            Thread.sleep(20);
        }
    }
}
