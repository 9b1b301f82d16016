package org.postel.queue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Order.Action;
import org.postel.queue.v1.QueuedMessage;

/**
 * What operators ordered, as every worker knows it: {@code mail.orders} is read whole at the start and followed from there. A
 * message is asked about when it is taken in hand; records that wait are {@link AheadOfTime}'s.
 */
public final class StandingOrders implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StandingOrders.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TopicPartition TOPIC = new TopicPartition(Topics.ORDERS, 0);
    private static final int MOST_RECORDS = 2000;
    private static final int MOST = 100_000;
    private static final ByteString RETRY_KEY = ByteString.copyFromUtf8("retry ");

    private final QueueSettings settings;
    private final Duration patience;
    private final AheadOfTime waiting = new AheadOfTime();
    private final Map<ByteString, Order> standing = new LinkedHashMap<>();
    private final Queue<CompletableFuture<Void>> asking = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    /** The first record that is not known yet; none before the first one was read. */
    private OptionalLong next = OptionalLong.empty();
    private boolean told;
    private volatile boolean stopping;

    private record Question(long end, CompletableFuture<Void> answer) {}

    /** Not started yet. */
    public StandingOrders(QueueSettings settings) {
        this(settings, PATIENCE);
    }

    /** @param patience how long {@link #catchUp} waits for the broker */
    StandingOrders(QueueSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        // Not virtual: the consumer's poll may spin, which would hold a carrier.
        this.thread = Thread.ofPlatform().daemon().name("orders").unstarted(this::run);
    }

    /** Under which an order is recorded. The topic is compacted, and a retry must not take the place of what stands. */
    static byte[] key(Order order) {
        ByteString message = order.getQueueId();
        return (order.getAction() == Action.RETRY ? RETRY_KEY.concat(message) : message).toByteArray();
    }

    /** Begins to read, in the background. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until all that was ordered before this call is known.
     *
     * @throws KafkaException when that takes longer than it waits: ten seconds, where nobody says otherwise
     */
    public void catchUp() throws InterruptedException {
        CompletableFuture<Void> known = new CompletableFuture<>();
        asking.add(known);
        try {
            known.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the orders of operators cannot be read", e);
        }
    }

    /** The order that stands about a message: HOLD, BOUNCE or DELETE; none that is older than its last release. */
    public Optional<Order> about(QueuedMessage message) {
        synchronized (standing) {
            return Optional.ofNullable(standing.get(message.getQueueId())).filter(order -> order.getAt() > message.getReleasedAt());
        }
    }

    /** Records that are to be moved, or were, before they are due. */
    AheadOfTime waiting() {
        return waiting;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }

    private void run() {
        while (!stopping) {
            try (Consumer<byte[], byte[]> consumer = open()) {
                follow(consumer);
            } catch (RuntimeException e) {
                // Whatever it is: without this thread no order would be known, and no worker could start.
                tell(e);
                pause();
            }
        }
    }

    /** An outage lasts: it is told once. */
    private void tell(RuntimeException failure) {
        if (!told && !stopping) {
            LOG.warnf("orders of operators cannot be read, trying again: %s", failure.toString());
        }
        told = true;
    }

    private Consumer<byte[], byte[]> open() {
        Map<String, Object> properties = new LinkedHashMap<>(new ClientProperties(settings).reader());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        consumer.assign(List.of(TOPIC));
        if (next.isPresent()) {
            // Not once more from the start: an order that was taken back would stand until that is read again.
            consumer.seek(TOPIC, next.getAsLong());
        } else {
            consumer.seekToBeginning(List.of(TOPIC));
        }
        List<Question> questions = new ArrayList<>();
        while (!stopping) {
            for (CompletableFuture<Void> one = asking.poll(); one != null; one = asking.poll()) {
                questions.add(new Question(consumer.endOffsets(List.of(TOPIC)).get(TOPIC), one));
            }
            consumer.poll(questions.isEmpty() ? POLL : POLL.dividedBy(10)).forEach(record -> learn(record.key(), record.value()));
            long position = consumer.position(TOPIC);
            next = OptionalLong.of(position);
            told = false;
            questions.removeIf(question -> position >= question.end() && question.answer().complete(null));
        }
    }

    private void learn(byte[] key, byte[] value) {
        try {
            if (value == null) {
                waiting.forget(key);
                return;
            }
            Order order = Order.parseFrom(value);
            if (order.getAction() == Action.MOVED) {
                order.getPlacesList().forEach(waiting::moved);
                return;
            }
            stand(order);
            order.getPlacesList().forEach(place -> waiting.ask(place, order.getQueueId()));
        } catch (InvalidProtocolBufferException e) {
            LOG.warnf("an order is not readable: %s", e.getMessage());
        }
    }

    private void stand(Order order) {
        synchronized (standing) {
            switch (order.getAction()) {
                case HOLD, BOUNCE, DELETE -> {
                    standing.remove(order.getQueueId());
                    standing.put(order.getQueueId(), order);
                }
                // What a newer release orders takes the place of what stood, too.
                case RELEASE, UNRECOGNIZED -> standing.remove(order.getQueueId());
                case RETRY, MOVED, ACTION_UNSPECIFIED -> {
                    // What stands still stands.
                }
            }
            if (standing.size() > MOST) {
                standing.remove(standing.keySet().iterator().next());
                LOG.warnf("more than %d orders stand: the oldest is forgotten", MOST);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
