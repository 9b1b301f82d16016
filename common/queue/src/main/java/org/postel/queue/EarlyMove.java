package org.postel.queue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.util.ArrayList;
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
                    sent.add(producer.send(QueueProducer.stageTopic(message.get()), message.get().toBuilder().clearDueAt().build())
                            .thenCompose(there -> noted(place, one.getValue())));
                }
            }
        } catch (QueueUnavailableException e) {
            throw new KafkaException(e.getMessage(), e);
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private CompletableFuture<Place> noted(Place place, ByteString queueId) {
        return producer.send(Topics.ORDERS, AheadOfTime.key(place),
                AheadOfTime.note(place, queueId, Clock.systemUTC().millis()).toByteArray()).thenApply(there -> {
                    orders.moved(place);
                    return place;
                });
    }

    private static Optional<QueuedMessage> read(byte[] record) {
        try {
            return Optional.of(QueuedMessage.parseFrom(record));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
