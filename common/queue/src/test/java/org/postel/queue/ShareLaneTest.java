package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mail.QueueId;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.v1.QueuedMessage;

/** When a lane takes again. */
@Timeout(30)
class ShareLaneTest {

    private static final String SLOW = "slow@example.org";
    private static final Duration LOCK = Duration.ofMillis(30);

    private final CountDownLatch slow = new CountDownLatch(1);
    private final Workbench bench = new Workbench(this::work, new Letters(), 3);
    private final Line line = new Line();
    private final AtomicBoolean stopping = new AtomicBoolean();

    @AfterEach
    void end() {
        stopping.set(true);
        slow.countDown();
        bench.interrupt();
    }

    private Verdict work(Taken taken) throws InterruptedException {
        if (taken.message().getReversePath().equals(SLOW)) {
            slow.await();
        }
        return Verdict.DONE;
    }

    @Test
    void itsPaceIsThatOfRecordsItDidNotHoldBefore() throws Exception {
        ConsumerRecord<byte[], byte[]> lasting = record(1, SLOW);
        line.takes.add(List.of(lasting, record(2, "")));
        line.takes.add(List.of(lasting, record(3, "")));
        BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
        Thread lane = lane(brought -> {
            asked.add(brought);
            return Duration.ZERO;
        });
        assertEquals(2, asked.take());
        assertEquals(1, asked.take(), "one of two was held before");
        slow.countDown();
        stopping.set(true);
        lane.join();
    }

    @Test
    void itTakesNothingBeforeItsTime() throws Exception {
        line.takes.add(List.of(record(1, "")));
        Thread lane = lane(brought -> Duration.ofHours(brought));
        while (line.polls.get() == 0 || lane.getState() != Thread.State.TIMED_WAITING || bench.inHand() > 0) {
            Thread.sleep(Duration.ofMillis(5));
        }
        assertEquals(1, line.polls.get());
        lane.interrupt();
        lane.join();
    }

    private Thread lane(IntFunction<Duration> pace) {
        return Thread.ofPlatform().daemon().start(new ShareLane(() -> line, bench, pace, LOCK, stopping::get, () -> false));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String reversePath) {
        byte[] value = QueuedMessage.newBuilder().setQueueId(ByteString.copyFrom(QueueId.next().toBytes())).setReversePath(reversePath).build()
                .toByteArray();
        return new ConsumerRecord<>(Topics.RELAY, 0, offset, 1, TimestampType.CREATE_TIME, 0, value.length, null, value,
                new RecordHeaders(), Optional.empty(), Optional.of((short) 1));
    }

    /** Brings one take after the other, then nothing. */
    private static final class Line extends MockShareConsumer<byte[], byte[]> {

        private final BlockingQueue<List<ConsumerRecord<byte[], byte[]>>> takes = new LinkedBlockingQueue<>();
        private final AtomicInteger polls = new AtomicInteger();

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.incrementAndGet();
            List<ConsumerRecord<byte[], byte[]>> next = takes.poll();
            return next == null ? ConsumerRecords.empty() : new ConsumerRecords<>(Map.of(new TopicPartition(Topics.RELAY, 0), next), Map.of());
        }
    }
}
