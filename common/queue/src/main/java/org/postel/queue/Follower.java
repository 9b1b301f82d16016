package org.postel.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads topics in their order with an ordinary consumer group, for who keeps a view of what passes. Each partition is followed
 * by one process at a time, from where the view says that it is safe; after a failure some records come again.
 */
public final class Follower implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int MOST_RECORDS = 2000;

    /** What is made of the records. One thread. */
    public interface View {

        /**
         * Called several times a second, with what came, or nothing. A failure brings back what is not committed.
         *
         * @return for partitions that got on: where one is to go on after a crash
         */
        Map<TopicPartition, Long> follow(ConsumerRecords<byte[], byte[]> records) throws InterruptedException;

        /** Somebody else follows these now: what was kept of them comes again there. */
        void forget(Collection<TopicPartition> partitions);
    }

    private final QueueSettings settings;
    private final String group;
    private final List<String> topics;
    private final View view;
    private final Thread thread;
    private volatile boolean stopping;
    private String told = "";

    /** Not started yet; connects in the background. */
    public Follower(QueueSettings settings, String group, List<String> topics, View view) {
        this.settings = settings;
        this.group = group;
        this.topics = List.copyOf(topics);
        this.view = view;
        // Not virtual: the consumer's poll may spin, which would hold a carrier.
        this.thread = Thread.ofPlatform().daemon().name(group).unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            if (!thread.join(CLOSING)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                followUntilItFails();
            }
        } catch (InterruptedException e) {
            LOG.debugf("%s: interrupted", group);
        }
    }

    private void followUntilItFails() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = open()) {
            consumer.subscribe(topics, new Rebalance());
            while (!stopping) {
                Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
                view.follow(consumer.poll(POLL)).forEach((partition, offset) -> done.put(partition, new OffsetAndMetadata(offset)));
                if (!done.isEmpty()) {
                    consumer.commitSync(done);
                }
                told = "";
            }
        } catch (RuntimeException e) {
            // Whatever the view ran into, it must not stand still for ever: a new consumer starts at the last committed position.
            tell(e.toString());
            Thread.sleep(PAUSE_AFTER_FAILURE);
        }
    }

    /** An outage lasts: it is told once. */
    private void tell(String failure) {
        if (!failure.equals(told)) {
            LOG.warnf("%s: following failed, trying again: %s", group, failure);
        }
        told = failure;
    }

    private Consumer<byte[], byte[]> open() throws KafkaException {
        Map<String, Object> properties = new HashMap<>(new ClientProperties(settings).groupConsumer(group));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Perhaps kept from a consumer that failed.
            view.forget(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            view.forget(partitions);
        }
    }
}
