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
import java.util.concurrent.CompletionException;
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
    /** What was moved, and is not recorded yet. */
    private final Map<Place, ByteString> unrecorded = new LinkedHashMap<>();

    EarlyMove(QueueSettings settings, AheadOfTime orders, QueueProducer producer) {
        this.settings = settings;
        this.orders = orders;
        this.producer = producer;
    }

    /** @param position the first record of the partition that was not moved in its turn */
    void move(TopicPartition partition, long position) {
        record();
        Map<Long, ByteString> asked = orders.asked(partition, AT_ONCE);
        if (asked.isEmpty()) {
            return;
        }
        List<Moving> moving = new ArrayList<>();
        try (RecordReader reader = new RecordReader(settings)) {
            for (Map.Entry<Long, ByteString> one : asked.entrySet()) {
                Place place = Place.newBuilder().setTopic(partition.topic()).setPartition(partition.partition()).setOffset(one.getKey()).build();
                Optional<QueuedMessage> message = one.getKey() < position ? Optional.empty()
                        : reader.read(place).flatMap(EarlyMove::read).filter(found -> found.getQueueId().equals(one.getValue()));
                if (message.isEmpty()) {
                    LOG.debugf("%s is not there any more", place);
                    orders.answered(partition, one.getKey());
                } else {
                    moving.add(new Moving(place, one.getValue(),
                            producer.send(QueueProducer.stageTopic(message.get()), message.get().toBuilder().clearDueAt().build())));
                }
            }
        } catch (QueueUnavailableException e) {
            throw new KafkaException(e.getMessage(), e);
        }
        await(moving);
        record();
    }

    private record Moving(Place place, ByteString queueId, CompletableFuture<Place> sent) {}

    /** Each that is there counts as moved from now on, whatever became of the others: it must not go a second time. */
    private void await(List<Moving> moving) {
        Optional<CompletionException> failure = Optional.empty();
        for (Moving one : moving) {
            try {
                one.sent.join();
                orders.moved(one.place);
                unrecorded.put(one.place, one.queueId);
            } catch (CompletionException e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    // Not as a continuation of the sending: that runs on the producer's own thread, which must not wait for the producer.
    private void record() {
        List<CompletableFuture<Place>> notes = unrecorded.entrySet().stream().map(one -> producer.send(Topics.ORDERS,
                AheadOfTime.key(one.getKey()), AheadOfTime.note(one.getKey(), one.getValue(), Clock.systemUTC().millis()).toByteArray())).toList();
        CompletableFuture.allOf(notes.toArray(CompletableFuture[]::new)).join();
        unrecorded.clear();
    }

    private static Optional<QueuedMessage> read(byte[] record) {
        try {
            return Optional.of(QueuedMessage.parseFrom(record));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
