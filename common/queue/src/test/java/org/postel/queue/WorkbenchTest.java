package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.postel.mail.QueueId;
import org.postel.queue.MessageWork.Verdict;
import org.postel.queue.v1.QueuedMessage;

class WorkbenchTest {

    private static final int BURIED_AT = 3;
    private final Letters letters = new Letters();
    private final Workbench bench = new Workbench(taken -> fail("the work was begun once too often"), letters, BURIED_AT);

    @Test
    void theLogNamesTheMessageThatBecameADeadLetter() {
        QueueId id = QueueId.next();
        byte[] value = QueuedMessage.newBuilder().setQueueId(ByteString.copyFrom(id.toBytes())).build().toByteArray();
        List<Object> told = new ArrayList<>();
        Handler log = listener(told);
        Logger logger = Logger.getLogger(Workbench.class.getName());
        logger.addHandler(log);
        try {
            assertEquals(Verdict.DONE, bench.begin(handedOut(value, BURIED_AT)).join());
        } finally {
            logger.removeHandler(log);
        }
        assertEquals(List.of(id.toString()), told);
        assertEquals(1, letters.dead.size());
    }

    @Test
    void theDeathOfAWorkerNeverTakesTheLastDelivery() {
        QueueSettings queue = QueueSettings.local("127.0.0.1:1");
        assertEquals(queue.deliveryLimit() - 1, ShareTake.buriedAt(queue, queue.partitions()));
        int lanesOfAPartition = 4;
        int lastWorkedOn = ShareTake.buriedAt(queue, lanesOfAPartition * queue.partitions()) - 1;
        assertTrue(lastWorkedOn + lanesOfAPartition - 1 < queue.deliveryLimit(), "the other lanes took it up to the limit");
        assertEquals(2, ShareTake.buriedAt(queue, 100), "worked on at least once");
    }

    @Test
    void aRecordThatCannotBeReadIsADeadLetterAtOnce() {
        byte[] garbage = {1, 2, 3};
        assertEquals(Verdict.DONE, bench.begin(handedOut(garbage, 1)).join());
        assertEquals(ByteString.copyFrom(garbage), letters.dead.getFirst().getMessage().getInline());
    }

    private static ConsumerRecord<byte[], byte[]> handedOut(byte[] value, int times) {
        return new ConsumerRecord<>(Topics.RELAY, 0, 1, 1, TimestampType.CREATE_TIME, 0, value.length, null, value,
                new RecordHeaders(), Optional.empty(), Optional.of((short) times));
    }

    private static Handler listener(List<Object> queueIds) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                queueIds.add(MDC.get("queue_id"));
            }

            @Override
            public void flush() {
                // Nothing waits.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
