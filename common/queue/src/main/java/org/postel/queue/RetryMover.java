package org.postel.queue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;

/**
 * Brings the records of one retry tier back to the topic of their stage when they are due. The delay of a tier is constant,
 * so only the head of each partition is waited for; a partition whose head is not due is paused, and polling goes on, so
 * that the group never takes the consumer for dead.
 *
 * <p>The position is committed after the broker acknowledged: a crash in between moves at most one poll's records twice. That
 * is harmless for local delivery (stored once) and rare for relaying.
 */
public final class RetryMover implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RetryMover.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final QueueSettings settings;
    private final String topic;
    private final Duration tier;
    private final QueueProducer producer;
    private final StandingOrders orders;
    private final EarlyMove early;
    private final Clock clock = Clock.systemUTC();
    private final Map<TopicPartition, Long> waiting = new HashMap<>();
    private Thread thread;
    private volatile boolean stopping;

    /**
     * @param tier   one of the tiers of the settings
     * @param orders what is moved ahead of its time
     */
    public RetryMover(QueueSettings settings, Duration tier, QueueProducer producer, StandingOrders orders) {
        this.settings = settings;
        this.tier = tier;
        this.topic = Topics.retry(tier);
        this.producer = producer;
        this.orders = orders;
        this.early = new EarlyMove(settings, orders.waiting(), producer);
    }

    /** Starts moving on a thread of its own. */
    public void start() {
        // Not virtual: the consumer's poll may spin, which would hold a carrier.
        thread = Thread.ofPlatform().daemon().name(topic + "-mover").start(this::run);
    }

    /** Whether it moves. */
    public boolean running() {
        return !stopping && thread != null && thread.isAlive();
    }

    /** Stops after the records it is moving. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (thread != null && !thread.join(settings.enqueueTimeout().plusSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                moveUntilItFails();
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s: interrupted", topic);
        }
    }

    private void moveUntilItFails() throws InterruptedException {
        waiting.clear();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                new ClientProperties(settings).groupConsumer(ShareGroups.mover(topic)),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic), new Assigned());
            while (!stopping) {
                resumeDue(consumer);
                consumer.assignment().forEach(partition -> early.move(partition, consumer.position(partition)));
                ConsumerRecords<byte[], byte[]> records = consumer.poll(nextPoll());
                for (TopicPartition partition : records.partitions()) {
                    move(consumer, partition, records.records(partition));
                }
            }
        } catch (RuntimeException e) {
            // Whatever it is, the tier must not stand still: a new consumer starts at the last committed position.
            LOG.warnf("%s: moving failed, trying again: %s", topic, e.toString());
            Thread.sleep(PAUSE_AFTER_FAILURE);
        }
    }

    private void move(Consumer<byte[], byte[]> consumer, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        List<CompletableFuture<Place>> sent = new ArrayList<>();
        List<Place> passed = new ArrayList<>();
        long first = records.getFirst().offset();
        long next = first;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (orders.waiting().moved(partition, record.offset())) {
                passed.add(Place.newBuilder().setTopic(topic).setPartition(partition.partition()).setOffset(record.offset()).build());
                next = record.offset() + 1;
                continue;
            }
            Optional<QueuedMessage> message = read(record);
            long due = due(record, message);
            if (due > clock.millis()) {
                consumer.seek(partition, record.offset());
                consumer.pause(List.of(partition));
                waiting.put(partition, due);
                break;
            }
            sent.add(forward(record, message));
            next = record.offset() + 1;
        }
        if (next > first) {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(next)));
        }
        passed.forEach(place -> pass(partition, place));
    }

    /** Nobody comes by it again, so nobody needs to know that it was moved; if that is not told, it expires. */
    private void pass(TopicPartition partition, Place place) {
        orders.waiting().passed(partition, place.getOffset());
        producer.send(Topics.ORDERS, AheadOfTime.key(place), null);
    }

    /** Only we write here, so what is not readable is a bug: the stage that takes it says so and buries it. */
    private static Optional<QueuedMessage> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(QueuedMessage.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private long due(ConsumerRecord<byte[], byte[]> record, Optional<QueuedMessage> message) {
        return message.map(QueuedMessage::getDueAt).filter(due -> due > 0).orElse(record.timestamp() + tier.toMillis());
    }

    private CompletableFuture<Place> forward(ConsumerRecord<byte[], byte[]> record, Optional<QueuedMessage> message) {
        return message.map(readable -> producer.send(QueueProducer.stageTopic(readable), readable.toBuilder().clearDueAt().build()))
                .orElseGet(() -> producer.send(Topics.ACCEPTED, record.value()));
    }

    private void resumeDue(Consumer<byte[], byte[]> consumer) {
        waiting.entrySet().removeIf(entry -> {
            boolean gone = !consumer.assignment().contains(entry.getKey());
            boolean due = entry.getValue() <= clock.millis();
            if (due && !gone) {
                consumer.resume(List.of(entry.getKey()));
            }
            return due || gone;
        });
    }

    private Duration nextPoll() {
        long now = clock.millis();
        long soonest = waiting.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        return Duration.ofMillis(Math.clamp(soonest - now, 10, POLL.toMillis()));
    }

    /** What another worker moved ahead of its time must be known before anything here is moved in its turn. */
    private final class Assigned implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            try {
                orders.catchUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // What is waited for is told by the assignment.
        }
    }
}
