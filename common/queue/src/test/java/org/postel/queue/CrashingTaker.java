package org.postel.queue;

import java.util.List;
import java.util.Map;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A worker in a process of its own that takes records and dies with them in its hands. */
final class CrashingTaker {

    private CrashingTaker() {
    }

    /** @param arguments bootstrap servers */
    public static void main(String[] arguments) {
        Map<String, Object> properties = new ClientProperties(QueueSettings.local(arguments[0])).shareConsumer(ShareGroups.ROUTE, 10);
        KafkaShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.ACCEPTED));
        ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
        while (records.isEmpty()) {
            records = consumer.poll(Duration.ofSeconds(1));
        }
        Runtime.getRuntime().halt(9);
    }
}
