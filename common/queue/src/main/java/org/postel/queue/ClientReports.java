package org.postel.queue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.postel.queue.v1.ClientReport;

/**
 * How gateways tell each other what clients do: one record of each in an interval, read by all of them from now on. Nobody waits
 * for it, and while the broker is away nobody hears of others.
 */
public final class ClientReports implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClientReports.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int MOST_RECORDS = 500;
    private static final TopicPartition CLIENTS = new TopicPartition(Topics.CLIENTS, 0);

    private final QueueSettings settings;
    private final QueueProducer producer;
    private final Duration interval;
    private final Supplier<ClientReport> own;
    private final Consumer<ClientReport> all;
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * Not started yet.
     *
     * @param own what is told; one that names nobody is not
     * @param all hears what gateways tell, this one too
     */
    public ClientReports(QueueSettings settings, QueueProducer producer, Duration interval, Supplier<ClientReport> own, Consumer<ClientReport> all) {
        this.settings = settings;
        this.producer = producer;
        this.interval = interval;
        this.own = own;
        this.all = all;
        // Not virtual: the consumer's poll may spin, which would hold a carrier.
        this.thread = Thread.ofPlatform().daemon().name("client-reports").unstarted(this::run);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            if (thread.isAlive() && !thread.join(CLOSING)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                tellAndHear();
            }
        } catch (InterruptedException e) {
            LOG.debug("no more reports");
        }
    }

    private void tellAndHear() throws InterruptedException {
        var properties = new ClientProperties(settings).reader();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(CLIENTS));
            consumer.seekToEnd(List.of(CLIENTS));
            while (!stopping) {
                tell();
                hear(consumer, System.nanoTime() + interval.toNanos());
            }
        } catch (RuntimeException e) {
            LOG.debugf("reports are not heard, trying again: %s", e.toString());
            Thread.sleep(PAUSE_AFTER_FAILURE);
        }
    }

    private void tell() {
        ClientReport report = own.get();
        if (report.getClientsCount() > 0) {
            producer.report(report);
        }
    }

    private void hear(KafkaConsumer<byte[], byte[]> consumer, long until) {
        for (long left = until - System.nanoTime(); left > 0 && !stopping; left = until - System.nanoTime()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofNanos(left)).records(CLIENTS)) {
                try {
                    all.accept(ClientReport.parseFrom(record.value()));
                } catch (InvalidProtocolBufferException e) {
                    LOG.debugf("not a report at %d", record.offset());
                }
            }
        }
    }
}
