package org.postel.mailbox.transit;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.postel.mail.QueueId;
import org.postel.mailbox.cassandra.Cql;
import org.postel.queue.Follower;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.TraceEvent;

/** Follows {@code mail.dead} and {@code mail.held}: the records themselves, so that none is missing from the list. */
final class RestingView implements Follower.View {

    // A record that is not readable has no queue id; it is listed under this one.
    private static final UUID NOBODY = new UUID(0, 0);

    private final TransitTables tables;
    private final ManyWrites writes;

    RestingView(Cql cql, TransitTables tables) {
        this.tables = tables;
        this.writes = new ManyWrites(cql);
    }

    @Override
    public Map<TopicPartition, Long> follow(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            note(record);
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        writes.end();
        return positions;
    }

    @Override
    public void forget(Collection<TopicPartition> partitions) {
        writes.forget();
    }

    private void note(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Resting resting = Resting.read(record.topic(), record.value()).orElse(new Resting(QueuedMessage.getDefaultInstance(), Optional.empty()));
        QueuedMessage message = resting.message();
        UUID id = message.getQueueId().size() == QueueId.BYTES ? QueueId.of(message.getQueueId().toByteArray()).uuid() : NOBODY;
        writes.add(tables.resting(id, resting.row(record.topic(), record.partition(), record.offset(), record.timestamp())));
        for (Recipient recipient : message.getRecipientsList()) {
            for (String name : List.of(Passage.ALL, recipient.getOriginal(), recipient.getAddress())) {
                for (TransitTables.Write each : tables.ended(id, message.getReversePath(), name)) {
                    writes.add(each);
                }
            }
        }
        Optional<DeadLetter> letter = resting.letter();
        // Those of the worker's own making left a trace; those that the queue saved from being dropped did not.
        if (letter.isPresent() && !letter.get().getTopic().isEmpty()) {
            TraceEvent event = TraceEvent.newBuilder().setQueueId(message.getQueueId()).setAt(letter.get().getDiedAt()).setStep("dead")
                    .setDetail(letter.get().getReason()).setSender(message.getReversePath()).build();
            writes.add(tables.journey(id, TransitTables.BURIED, record.offset(), List.of(event)));
        }
    }
}
