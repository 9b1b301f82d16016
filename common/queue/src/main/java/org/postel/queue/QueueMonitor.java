package org.postel.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Tells how many records wait in each queue and how old the oldest is, as mail_queue_lag and mail_queue_oldest_age_seconds;
 * a queue that could not be read has no value, for 0 would say that all is well. It also removes from the broker what every
 * taker is done with.
 */
public final class QueueMonitor implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(QueueMonitor.class);

    private final QueueSettings settings;
    private final Duration interval;
    private final MultiGauge lag;
    private final MultiGauge age;
    private final Clock clock = Clock.systemUTC();
    private volatile boolean reachable;
    private volatile boolean stopping;
    private Thread thread;

    /** @param interval between two readings */
    public QueueMonitor(QueueSettings settings, MeterRegistry metrics, Duration interval) {
        this.settings = settings;
        this.interval = interval;
        this.lag = MultiGauge.builder("mail.queue.lag").description("Records that wait or are worked on").register(metrics);
        this.age = MultiGauge.builder("mail.queue.oldest.age").baseUnit("seconds")
                .description("Since the oldest of them was queued").register(metrics);
    }

    /** Starts reading. */
    public void start() {
        // Not virtual: the reader's poll may spin, which would hold a carrier.
        thread = Thread.ofPlatform().daemon().name("queue-monitor").start(this::run);
    }

    /** Whether the broker answered the last reading. */
    public boolean reachable() {
        return reachable;
    }

    @Override
    public void close() {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try (Admin admin = Admin.create(new ClientProperties(settings).admin());
                    Consumer<byte[], byte[]> reader = new KafkaConsumer<>(new ClientProperties(settings).reader(),
                            new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                QueueOffsets offsets = new QueueOffsets(admin, reader, settings);
                while (!stopping) {
                    read(offsets);
                    Thread.sleep(interval);
                }
            } catch (InterruptedException e) {
                return;
            } catch (KafkaException e) {
                LOG.debugf("queue monitor: %s", e.getMessage());
            }
        }
    }

    private void read(QueueOffsets offsets) throws InterruptedException {
        List<MultiGauge.Row<?>> lags = new ArrayList<>();
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        boolean answered = true;
        for (Map.Entry<String, QueueOffsets.Reader> queue : offsets.queues().entrySet()) {
            try {
                QueueOffsets.Waiting waiting = queue.getValue().read();
                Tags tags = Tags.of("queue", queue.getKey());
                lags.add(MultiGauge.Row.of(tags, waiting.records()));
                ages.add(MultiGauge.Row.of(tags, waiting.records() == 0 ? 0
                        : Math.max(0, clock.millis() - waiting.oldest()) / 1000.0));
            } catch (ExecutionException | KafkaException e) {
                answered = false;
                LOG.debugf("%s cannot be read: %s", queue.getKey(), e.getMessage());
            }
        }
        lag.register(lags, true);
        age.register(ages, true);
        reachable = answered;
    }
}
