package org.postel.queue;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One record of the queue; the timestamp tells it from one at the same place of a topic that was made anew. */
record RecordKey(String topic, int partition, long offset, long timestamp) {

    static RecordKey of(ConsumerRecord<?, ?> record) {
        return new RecordKey(record.topic(), record.partition(), record.offset(), record.timestamp());
    }
}
