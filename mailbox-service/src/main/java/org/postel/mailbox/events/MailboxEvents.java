package org.postel.mailbox.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.postel.mailbox.api.v1.MailboxEvent;
import org.postel.queue.Topics;

/** Sends events to Kafka from a thread of its own. Without Kafka it keeps the newest event of each mailbox and tries again. */
public final class MailboxEvents implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MailboxEvents.class);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final EventSettings settings;
    private final PendingEvents pending;
    private final Runnable dropped;
    private final Thread sender;
    private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

    /**
     * @param dropped told for each event that is lost
     */
    public MailboxEvents(EventSettings settings, Runnable dropped) {
        this.settings = settings;
        this.dropped = dropped;
        this.pending = new PendingEvents(settings.mostWaiting(), settings.pause(), settings.longestPause());
        this.sender = Thread.ofPlatform().name("mailbox-events").daemon().start(this::run);
    }

    /** Something was committed; never waits. */
    public void publish(MailboxEvent event) {
        if (!pending.add(event)) {
            dropped.run();
        }
    }

    private void run() {
        try {
            for (List<MailboxEvent> events = pending.take(); !events.isEmpty(); events = pending.take()) {
                send(events);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            producer.ifPresent(open -> open.close(CLOSING));
        }
    }

    private void send(List<MailboxEvent> events) throws InterruptedException {
        for (MailboxEvent event : events) {
            try {
                producer().send(new ProducerRecord<>(Topics.MAILBOX_EVENTS, event.getAccountId().toByteArray(), event.toByteArray()), (sent, failure) -> {
                    if (failure != null) {
                        lost(failure);
                    }
                });
            } catch (KafkaException e) {
                lost(e);
                Thread.sleep(BEFORE_NEXT_TRY);
            }
        }
    }

    private void lost(Exception failure) {
        LOG.debugf("mailbox event lost: %s", failure.getMessage());
        dropped.run();
    }

    /** Made at first use: while the name of no broker can be resolved, it cannot be made. */
    private Producer<byte[], byte[]> producer() {
        if (producer.isEmpty()) {
            Map<String, Object> options = new HashMap<>(settings.client());
            // An event may be lost: one broker's word is enough.
            options.putAll(Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                    ProducerConfig.CLIENT_ID_CONFIG, "mailbox-events",
                    ProducerConfig.ACKS_CONFIG, "1",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false,
                    ProducerConfig.LINGER_MS_CONFIG, 5,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.patience().toMillis(),
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(settings.patience().toMillis()),
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(settings.patience().toMillis() * 2),
                    ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20));
            producer = Optional.of(new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer()));
        }
        return producer.get();
    }

    /** Sends what waits, for a few seconds at most. */
    @Override
    public void close() {
        pending.close();
        try {
            if (!sender.join(CLOSING.multipliedBy(2))) {
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
