package org.postel.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of each kind of Kafka client. What the operator sets in {@link QueueSettings#client()} comes on top. */
final class ClientProperties {

    private static final int REQUEST_TIMEOUT_SHARE = 2;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TRACE_LINGER = Duration.ofMillis(250);
    private static final Duration TRACE_MEMORY = Duration.ofDays(1);
    private static final Duration TRACE_PATIENCE = Duration.ofMillis(20);
    private static final long TRACE_BUFFER_BYTES = 8L << 20;

    private final QueueSettings settings;

    ClientProperties(QueueSettings settings) {
        this.settings = settings;
    }

    Map<String, Object> producer() {
        Map<String, Object> properties = common();
        int patience = (int) settings.enqueueTimeout().toMillis();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxRecordBytes());
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.producerBufferBytes());
        // Group commit: nothing lingers, and what comes while a request is under way shares the next one, which the broker
        // syncs once. So a quiet line is answered at once and a busy one costs few requests.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        // A full buffer or missing metadata blocks the caller, so it gets only a part of the whole patience.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) patience / REQUEST_TIMEOUT_SHARE);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / REQUEST_TIMEOUT_SHARE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        properties.putAll(settings.client());
        return properties;
    }

    /** For what may be lost: a person who asks where a mail is can wait a moment, so it goes in few requests. */
    Map<String, Object> traceProducer() {
        Map<String, Object> properties = common();
        // Before the rest: what an operator sets for mail, such as batching, does not fit traces.
        properties.putAll(settings.client());
        properties.put(ProducerConfig.ACKS_CONFIG, "1");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, TRACE_BUFFER_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, (int) TRACE_LINGER.toMillis());
        // Mail hardly waits for its trace: only while the topic is not known yet, or the buffer is full.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRACE_PATIENCE.toMillis());
        // Else a producer that is idle for five minutes forgets where the topic is, and the next trace would be lost.
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TRACE_MEMORY.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.plus(TRACE_LINGER).plusSeconds(1).toMillis());
        return properties;
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = common();
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.putAll(settings.client());
        return properties;
    }

    Map<String, Object> shareConsumer(String group, int batch) {
        Map<String, Object> properties = common();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // Only what this worker starts on at once may be locked by it: a record that waits behind others loses its lock.
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
        // A fetch that still waits at the broker when its lane is gone takes records for nobody, and counts a delivery.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        // Octets one lane holds at most, however many records fit into a batch.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * settings.maxRecordBytes());
        properties.putAll(settings.client());
        return properties;
    }

    Map<String, Object> groupConsumer(String group) {
        Map<String, Object> properties = common();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 * settings.maxRecordBytes());
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, settings.maxRecordBytes());
        properties.putAll(settings.client());
        return properties;
    }

    /** A consumer without a group, to look at single records. */
    Map<String, Object> reader() {
        Map<String, Object> properties = common();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis() / 2);
        properties.putAll(settings.client());
        return properties;
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 100);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }
}
