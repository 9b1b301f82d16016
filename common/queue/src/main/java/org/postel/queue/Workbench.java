package org.postel.queue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.postel.mail.QueueId;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.QueuedMessage;

/**
 * Runs the work on records, for all lanes of one take. A record that comes back while its work still runs (its lock was lost)
 * is not begun twice, and one that comes back after its work was done is not done again.
 */
final class Workbench {

    private static final Logger LOG = Logger.getLogger(Workbench.class);
    private static final int REMEMBERED = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final MessageWork work;
    private final QueueWriter writer;
    private final int buriedAt;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("queue-work-", 0).factory());
    private final Map<RecordKey, CompletableFuture<Verdict>> running = new ConcurrentHashMap<>();
    private final Set<RecordKey> done = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RecordKey, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));
    private volatile boolean stopping;

    /** @param buriedAt the delivery at which a record becomes a dead letter instead of being worked on once more */
    Workbench(MessageWork work, QueueWriter writer, int buriedAt) {
        this.work = work;
        this.writer = writer;
        this.buriedAt = buriedAt;
    }

    /** Begins, or joins what was begun; never fails. */
    CompletableFuture<Verdict> begin(ConsumerRecord<byte[], byte[]> record) {
        RecordKey key = RecordKey.of(record);
        if (done.contains(key)) {
            return CompletableFuture.completedFuture(Verdict.DONE);
        }
        return running.computeIfAbsent(key, absent -> {
            CompletableFuture<Verdict> outcome = new CompletableFuture<>();
            threads.execute(() -> run(key, record, outcome));
            return outcome;
        });
    }

    int inHand() {
        return running.size();
    }

    /** From now on nobody waits before a record goes back. */
    void stopSoon() {
        stopping = true;
    }

    /** Interrupts what still runs. */
    void interrupt() {
        threads.shutdownNow();
    }

    private void run(RecordKey key, ConsumerRecord<byte[], byte[]> record, CompletableFuture<Verdict> outcome) {
        Verdict verdict = Verdict.AGAIN;
        try {
            verdict = work(record);
            if (verdict == Verdict.AGAIN) {
                pause(deliveryCount(record));
            }
        } catch (InterruptedException e) {
            LOG.debugf("interrupted: %s goes back to the queue", key);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "record %s failed at delivery %d", key, deliveryCount(record));
            pauseQuietly(deliveryCount(record));
        } finally {
            if (verdict == Verdict.DONE) {
                done.add(key);
            }
            running.remove(key);
            outcome.complete(verdict);
        }
    }

    private Verdict work(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        QueuedMessage message;
        try {
            message = QueuedMessage.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            QueuedMessage raw = QueuedMessage.newBuilder().setInline(ByteString.copyFrom(record.value())).build();
            return bury(record, raw, "the record is not readable: " + e.getMessage());
        }
        if (deliveryCount(record) >= buriedAt) {
            return bury(record, message, "handed out " + deliveryCount(record) + " times and never finished");
        }
        return work.work(new Taken(record.topic(), message, deliveryCount(record)));
    }

    private Verdict bury(ConsumerRecord<byte[], byte[]> record, QueuedMessage message, String reason)
            throws InterruptedException {
        DeadLetter letter = DeadLetter.newBuilder().setMessage(message).setTopic(record.topic()).setReason(reason)
                .setDeliveryCount(deliveryCount(record)).setDiedAt(System.currentTimeMillis()).build();
        while (true) {
            try {
                writer.bury(letter);
                tell(record, message, reason);
                return Verdict.DONE;
            } catch (QueueUnavailableException e) {
                // Letting it go could be its last delivery: hold it, renewed, until the queue answers again.
                LOG.warnf("a dead letter waits: %s", e.getMessage());
                Thread.sleep(LONGEST_PAUSE);
            }
        }
    }

    /** Whoever looks for a mail by its queue id must find that it is here. */
    private static void tell(ConsumerRecord<byte[], byte[]> record, QueuedMessage message, String reason) {
        if (message.getQueueId().size() == QueueId.BYTES) {
            MDC.put("queue_id", QueueId.of(message.getQueueId().toByteArray()).toString());
        }
        LOG.errorf("dead letter from %s: %s", RecordKey.of(record), reason);
        MDC.remove("queue_id");
    }

    private void pauseQuietly(int deliveryCount) {
        try {
            pause(deliveryCount);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(int deliveryCount) throws InterruptedException {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(deliveryCount, 10));
        long end = System.nanoTime() + (pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE).toNanos();
        while (!stopping && System.nanoTime() - end < 0) {
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private static int deliveryCount(ConsumerRecord<byte[], byte[]> record) {
        return record.deliveryCount().orElse((short) 1);
    }
}
