package org.postel.imap.backend;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.queue.Topics;

/**
 * Reads {@code mailbox.events} whole, from now on, and wakes the sessions concerned. No group and no commits: what happened
 * before a session began is in the mailbox it opens.
 */
public final class EventReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EventReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(60);

    private final String bootstrapServers;
    private final Map<String, String> client;
    private final Subscribers subscribers;
    private final Thread thread;
    private volatile boolean closed;
    private boolean complained;

    /** @param client more properties for the Kafka client, such as {@code security.protocol}; they come on top */
    public EventReader(String bootstrapServers, Map<String, String> client, Subscribers subscribers) {
        this.bootstrapServers = bootstrapServers;
        this.client = Map.copyOf(client);
        this.subscribers = subscribers;
        // The Kafka client waits in a selector, which would keep a virtual thread on its carrier.
        this.thread = Thread.ofPlatform().daemon().name("mailbox-events").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                read(consumer);
            } catch (KafkaException e) {
                complain(e);
                pause();
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG, "imap-events",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Duration.ofSeconds(10).toMillis()));
        properties.putAll(client);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        long lookAgain = System.nanoTime();
        while (!closed) {
            if (System.nanoTime() - lookAgain >= 0) {
                lookAgain = System.nanoTime() + (assign(consumer) ? LOOK_FOR_PARTITIONS : PAUSE).toNanos();
            }
            if (consumer.assignment().isEmpty()) {
                pause();
            } else {
                consumer.poll(POLL).forEach(this::tell);
            }
        }
    }

    /** Takes every partition from its end; false when the topic is not there yet. */
    private boolean assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.MAILBOX_EVENTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
        if (partitions.isEmpty() || consumer.assignment().size() == partitions.size()) {
            return !partitions.isEmpty();
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Fixes "the end" now: an event from here on is read.
        partitions.forEach(consumer::position);
        LOG.infof("reading events of %d partitions", partitions.size());
        complained = false;
        subscribers.tellAll();
        return true;
    }

    private void tell(ConsumerRecord<byte[], byte[]> event) {
        event(event).ifPresent(subscribers::tell);
    }

    private static Optional<MailboxEvent> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(MailboxEvent.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            LOG.warnf("event at %s-%d/%d is unreadable: %s", record.topic(), record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private void complain(KafkaException e) {
        if (!complained && !closed) {
            LOG.warnf("no events, sessions are looked after less often: %s", e.getMessage());
            complained = true;
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
