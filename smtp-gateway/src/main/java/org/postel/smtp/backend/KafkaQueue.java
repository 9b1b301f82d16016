package org.postel.smtp.backend;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.BackendUnavailableException;
import org.postel.smtp.command.MessageQueue;

/** Puts accepted mail on the topic {@code mail.accepted} and waits until all in-sync replicas have it. */
public final class KafkaQueue implements MessageQueue, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaQueue.class);
    private static final String ACCEPTED = "mail.accepted";
    private static final String TRACE = "mail.trace";
    // An inline content of 256 KiB and 1000 recipients fit well.
    private static final int MAX_RECORD = 1 << 20;

    private final Producer<byte[], byte[]> producer;
    private final Duration timeout;
    private final String host;

    /** @param timeout the longest an acknowledgement may take */
    public KafkaQueue(Producer<byte[], byte[]> producer, Duration timeout, String host) {
        this.producer = producer;
        this.timeout = timeout;
        this.host = host;
    }

    /** A producer with the settings that the promise of 250 needs. */
    public static Producer<byte[], byte[]> producer(String bootstrapServers, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        return new KafkaProducer<>(Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ProducerConfig.CLIENT_ID_CONFIG, "smtp-gateway",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
            ProducerConfig.LINGER_MS_CONFIG, 0,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) millis,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, millis / 2),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void accept(AcceptedMessage message) throws BackendUnavailableException {
        byte[] key = message.id().toBytes();
        try {
            producer.send(new ProducerRecord<>(ACCEPTED, key, QueueRecords.message(message).toByteArray()))
                .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new BackendUnavailableException("not queued: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendUnavailableException("interrupted while queueing", e);
        }
        trace(message, key);
    }

    // The mail is safe; a trace that is lost costs an answer to "where is my mail?" and nothing else.
    private void trace(AcceptedMessage message, byte[] key) {
        try {
            producer.send(new ProducerRecord<>(TRACE, key, QueueRecords.accepted(message, host).toByteArray()), (metadata, failure) -> {
                if (failure != null) {
                    LOG.debugf("trace of %s lost: %s", message.id(), failure.getMessage());
                }
            });
        } catch (KafkaException e) {
            LOG.debugf("trace of %s lost: %s", message.id(), e.getMessage());
        }
    }

    /** Whether the broker knows the topic just now; may wait as long as a send. */
    public boolean reachable() {
        try {
            return !producer.partitionsFor(ACCEPTED).isEmpty();
        } catch (KafkaException e) {
            LOG.debugf("queue not reachable: %s", e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        producer.close(timeout);
    }
}
