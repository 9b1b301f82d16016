package org.postel.mailbox.transit;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.postel.queue.Topics;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.RestingRecord;

/** A record of either topic: the message, and the letter around it in {@code mail.dead}. */
record Resting(QueuedMessage message, Optional<DeadLetter> letter) {

    /** Empty when it is not readable. */
    static Optional<Resting> read(String topic, byte[] record) {
        try {
            if (topic.equals(Topics.HELD)) {
                return Optional.of(new Resting(QueuedMessage.parseFrom(record), Optional.empty()));
            }
            DeadLetter letter = DeadLetter.parseFrom(record);
            return Optional.of(new Resting(letter.getMessage(), Optional.of(letter)));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** As it is listed. */
    RestingRecord row(String topic, int partition, long offset, long timestamp) {
        RestingRecord.Builder row = RestingRecord.newBuilder()
                .setSender(message.getReversePath())
                .setSize(message.hasClaimedSize() ? message.getClaimedSize() : message.getInline().size())
                .setSince(timestamp)
                .setReason(letter.map(DeadLetter::getReason).orElse("held by an operator"));
        message.getRecipientsList().forEach(recipient -> row.addRecipient(recipient.getAddress()));
        row.getPlaceBuilder().setTopic(topic).setPartition(partition).setOffset(offset);
        return row.build();
    }
}
