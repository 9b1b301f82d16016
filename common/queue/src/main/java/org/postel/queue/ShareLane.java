package org.postel.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.postel.queue.MessageWork.Verdict;

/**
 * One share consumer and the records it holds. Each record is acknowledged as soon as its own work is over; those that are
 * still worked on when a third of their lock has passed are renewed (KIP-1222).
 *
 * <p>The renewal is committed before the next poll: polling while a renewal is on its way makes the client fetch ahead, and
 * what it fetches would lie in its buffer, locked, behind the slow records.
 */
final class ShareLane implements Runnable {

    private static final Logger LOG = Logger.getLogger(ShareLane.class);
    // Short, so that all lanes of a take stop before the first one releases: what one releases another would take again.
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration TICK = Duration.ofMillis(250);
    // Each acknowledgement that is sent costs the broker a write: those of this long go together, and those of a take that is done with
    // the next poll. What is lost of them with the worker comes back: as known already to the store, once more to another server.
    private static final Duration GATHER = Duration.ofMillis(300);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration REOPEN = Duration.ofSeconds(2);

    /** A record this lane holds the lock of, and whose work is not acknowledged yet. */
    private record Held(ConsumerRecord<byte[], byte[]> record) {}

    private record Finished(RecordKey key, Verdict verdict) {}

    private final Supplier<ShareConsumer<byte[], byte[]>> open;
    private final Workbench bench;
    private final IntFunction<Duration> pace;
    private final Duration renewEvery;
    private final BooleanSupplier stopping;
    private final BooleanSupplier abandoning;
    private final Map<RecordKey, Held> held = new HashMap<>();
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    /**
     * @param pace how long it is to the next take after one that brought so many records which were not held before
     * @param stopping true: take no more, finish what is held
     * @param abandoning true: release what is still held
     */
    ShareLane(Supplier<ShareConsumer<byte[], byte[]>> open, Workbench bench, IntFunction<Duration> pace, Duration recordLock,
            BooleanSupplier stopping, BooleanSupplier abandoning) {
        this.open = open;
        this.bench = bench;
        this.pace = pace;
        this.renewEvery = recordLock.dividedBy(3);
        this.stopping = stopping;
        this.abandoning = abandoning;
    }

    @Override
    public void run() {
        try {
            while (!stopping.getAsBoolean()) {
                takeUntilItFails();
            }
        } catch (InterruptedException e) {
            LOG.debug("lane interrupted");
        }
    }

    private void takeUntilItFails() throws InterruptedException {
        held.clear();
        finished.clear();
        try (ShareConsumer<byte[], byte[]> consumer = open.get()) {
            while (!stopping.getAsBoolean() || !held.isEmpty()) {
                int brought = hold(consumer.poll(IDLE));
                long next = System.nanoTime() + pace.apply(brought).toNanos();
                if (!held.isEmpty()) {
                    acknowledgeUntilRenewal(consumer);
                    Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                }
            }
            consumer.commitSync(COMMIT);
        } catch (KafkaException | IllegalStateException e) {
            LOG.warnf("taking from the queue failed, trying again: %s", e.toString());
            Thread.sleep(REOPEN);
        }
    }

    /**
     * What the poll did not bring back although it was held has lost its lock: its work goes on, somebody else may have it.
     *
     * @return how many were not held before
     */
    private int hold(ConsumerRecords<byte[], byte[]> records) {
        int fresh = 0;
        Map<RecordKey, Held> before = Map.copyOf(held);
        held.clear();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            RecordKey key = RecordKey.of(record);
            held.put(key, new Held(record));
            if (!before.containsKey(key)) {
                fresh++;
                bench.begin(record).thenAccept(verdict -> finished.add(new Finished(key, verdict)));
            }
        }
        return fresh;
    }

    private void acknowledgeUntilRenewal(ShareConsumer<byte[], byte[]> consumer) throws InterruptedException {
        long now = System.nanoTime();
        long renewAt = now + renewEvery.toNanos();
        long sendAt = now + GATHER.toNanos();
        boolean unsent = false;
        while (!held.isEmpty() && now - renewAt < 0) {
            if (abandoning.getAsBoolean()) {
                held.values().forEach(one -> consumer.acknowledge(one.record(), AcknowledgeType.RELEASE));
                held.clear();
                return;
            }
            Finished first = finished.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                acknowledge(consumer, first);
                unsent = true;
            }
            now = System.nanoTime();
            // The next poll carries the acknowledgements of a batch that is finished.
            if (unsent && !held.isEmpty() && now - sendAt > 0) {
                consumer.commitAsync();
                sendAt = now + GATHER.toNanos();
                unsent = false;
            }
        }
        if (!held.isEmpty()) {
            held.values().forEach(one -> consumer.acknowledge(one.record(), AcknowledgeType.RENEW));
            consumer.commitSync(COMMIT).forEach((partition, failure) -> failure.ifPresent(
                    lost -> LOG.infof("locks in %s are lost, their work goes on: %s", partition, lost.getMessage())));
        }
    }

    private void acknowledge(ShareConsumer<byte[], byte[]> consumer, Finished first) {
        for (Finished next = first; next != null; next = finished.poll()) {
            Held over = held.remove(next.key());
            if (over != null) {
                consumer.acknowledge(over.record(), switch (next.verdict()) {
                    case DONE -> AcknowledgeType.ACCEPT;
                    case AGAIN -> AcknowledgeType.RELEASE;
                });
            }
        }
    }
}
