package org.postel.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Takes the records of one topic through a share group and hands each to {@link MessageWork}. At most lanes times batch
 * records are in hand at once. A record that comes near the delivery limit goes to {@code mail.dead} unopened.
 */
public final class ShareTake implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ShareTake.class);
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(8);

    // Longer than an idle poll and than a fetch waits at the broker: what a lane releases before that another takes again.
    private static final Duration LANES_STOP = Duration.ofSeconds(1);

    private final QueueSettings queue;
    private final TakeSettings settings;
    private final Workbench bench;
    private final List<Thread> lanes = new ArrayList<>();
    private volatile boolean stopping;
    private volatile boolean abandoning;

    /**
     * Not started yet.
     *
     * @param writer where dead letters go
     */
    public ShareTake(QueueSettings queue, TakeSettings settings, MessageWork work, QueueWriter writer, MeterRegistry metrics) {
        this.queue = queue;
        this.settings = settings;
        this.bench = new Workbench(work, writer, buriedAt(queue, settings.lanes()));
        Gauge.builder("mail.queue.in.hand", bench, Workbench::inHand).tag("queue", settings.topic())
                .description("Records a worker is busy with").register(metrics);
        if (settings.lanes() < queue.partitions()) {
            LOG.warnf("%s has %d lanes for %d partitions: after a crash some wait until the dead worker's session ends",
                    settings.topic(), settings.lanes(), queue.partitions());
        }
    }

    /**
     * When a worker dies, the broker gives what it held to the fetches that its other lanes of the partition left behind, one after
     * the other, and counts each as a delivery. That must not reach the limit, where the broker drops the record: a record is
     * worked on only while the next death leaves it a delivery to be buried with.
     */
    static int buriedAt(QueueSettings queue, int lanes) {
        int lanesOfAPartition = Math.max(1, Math.ceilDiv(lanes, queue.partitions()));
        return Math.max(2, queue.deliveryLimit() - lanesOfAPartition);
    }

    /** Starts the lanes. */
    public void start() {
        for (int lane = 0; lane < settings.lanes(); lane++) {
            ShareLane work = new ShareLane(this::open, bench, new TakePace(settings.batch())::after, queue.recordLock(), () -> stopping, () -> abandoning);
            // Not virtual: the consumer's poll may spin for seconds, and two of them would hold both carriers of two cores.
            lanes.add(Thread.ofPlatform().daemon().name(settings.topic() + "-lane-" + lane).start(work));
        }
    }

    /** Whether every lane runs; a lane outlives its broker and reconnects. */
    public boolean running() {
        return !stopping && !lanes.isEmpty() && lanes.stream().allMatch(Thread::isAlive);
    }

    /** Records in hand. */
    public int inHand() {
        return bench.inHand();
    }

    /** Says that no more is to be taken; returns at once. */
    public void stopTaking() {
        stopping = true;
        bench.stopSoon();
    }

    /**
     * Takes no more, and waits for what is in hand.
     *
     * @param patience how long to wait for it
     */
    public void finish(Duration patience) throws InterruptedException {
        stopTaking();
        long end = System.nanoTime() + patience.toNanos();
        for (Thread lane : lanes) {
            lane.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    /**
     * Takes no more, waits for what is in hand, a second at least, releases and interrupts what is not finished then.
     *
     * @param patience how long to wait for it
     */
    public void stop(Duration patience) throws InterruptedException {
        finish(patience.compareTo(LANES_STOP) > 0 ? patience : LANES_STOP);
        abandoning = true;
        for (Thread lane : lanes) {
            if (!lane.join(LAST_ACKNOWLEDGEMENTS)) {
                lane.interrupt();
            }
        }
        bench.interrupt();
    }

    @Override
    public void close() {
        try {
            stop(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ShareConsumer<byte[], byte[]> open() {
        var consumer = new KafkaShareConsumer<>(new ClientProperties(queue).shareConsumer(settings.group(), settings.batch()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.setAcknowledgementCommitCallback((offsets, failure) -> {
            if (failure != null) {
                LOG.infof("%s: acknowledgement of %s failed, the records come again: %s", settings.topic(), offsets,
                        failure.getMessage());
            }
        });
        consumer.subscribe(List.of(settings.topic()));
        return consumer;
    }
}
