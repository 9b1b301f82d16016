package org.postel.queue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;

/**
 * Moves records out of the midst of a retry tier, because an operator ordered something about them. Only who moves the tier
 * does this, so no record is moved by two at a time. The record is first in its stage and then noted as moved: a crash in between moves
 * it a second time when it is due.
 */
final class EarlyMove {

    private static final Logger LOG = Logger.getLogger(EarlyMove.class);
    private static final int AT_ONCE = 200;

    private final QueueSettings settings;
    private final AheadOfTime orders;
    private final QueueProducer producer;

    EarlyMove(QueueSettings settings, AheadOfTime orders, QueueProducer producer) {
        this.settings = settings;
        this.orders = orders;
        this.producer = producer;
    }

    /** @param position the first record of the partition that was not moved in its turn */
    void move(TopicPartition partition, long position) {
        Map<Long, ByteString> asked = orders.asked(partition, AT_ONCE);
        if (asked.isEmpty()) {
            return;
        }
        Map<Place, ByteString> moving = new LinkedHashMap<>();
        List<CompletableFuture<Place>> sent = new ArrayList<>();
        try (RecordReader reader = new RecordReader(settings)) {
            for (Map.Entry<Long, ByteString> one : asked.entrySet()) {
                Place place = Place.newBuilder().setTopic(partition.topic()).setPartition(partition.partition()).setOffset(one.getKey()).build();
                Optional<QueuedMessage> message = one.getKey() < position ? Optional.empty()
                        : reader.read(place).flatMap(EarlyMove::read).filter(found -> found.getQueueId().equals(one.getValue()));
                if (message.isEmpty()) {
                    LOG.debugf("%s is not there any more", place);
                    orders.answered(partition, one.getKey());
                } else {
                    moving.put(place, one.getValue());
                    sent.add(producer.send(QueueProducer.stageTopic(message.get()), message.get().toBuilder().clearDueAt().build()));
                }
            }
        } catch (QueueUnavailableException e) {
            throw new KafkaException(e.getMessage(), e);
        }
        await(sent);
        // Not as a continuation of the sending: that runs on the producer's own thread, which must not wait for the producer.
        await(moving.entrySet().stream().map(one -> producer.send(Topics.ORDERS, AheadOfTime.key(one.getKey()),
                AheadOfTime.note(one.getKey(), one.getValue(), Clock.systemUTC().millis()).toByteArray())).toList());
        moving.keySet().forEach(orders::moved);
    }

    private static void await(List<CompletableFuture<Place>> sent) {
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private static Optional<QueuedMessage> read(byte[] record) {
        try {
            return Optional.of(QueuedMessage.parseFrom(record));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
