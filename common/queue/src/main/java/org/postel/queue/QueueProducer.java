package org.postel.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.postel.queue.v1.ClientReport;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;
import org.postel.queue.v1.TraceEvent;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/**
 * Puts records into the queue. One per process, shared by all threads. Every method but {@link #trace} and {@link #report} ends well only after
 * the broker acknowledged; the memory it may use is bounded by {@link QueueSettings#producerBufferBytes()}.
 */
public final class QueueProducer implements QueueWriter, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(QueueProducer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    private final QueueSettings settings;
    private final Producer<byte[], byte[]> producer;
    private final Producer<byte[], byte[]> traces;
    private final Clock clock;
    private final Counter lostTraces;
    private final Thread learning;

    /** Connects in the background: a broker that is down shows at the first record. */
    public QueueProducer(QueueSettings settings, MeterRegistry metrics) {
        ClientProperties properties = new ClientProperties(settings);
        this.settings = settings;
        this.producer = client(properties.producer());
        this.traces = client(properties.traceProducer());
        this.clock = Clock.systemUTC();
        this.lostTraces = Counter.builder("mail.trace.lost")
                .description("Trace events that did not reach the queue").register(metrics);
        this.learning = Thread.ofVirtual().name("trace-topic").start(this::learnTraceTopic);
    }

    private static Producer<byte[], byte[]> client(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Puts an accepted message onto {@code mail.accepted}.
     *
     * @return done when the broker has it; fails with {@link QueueUnavailableException} or {@link RecordTooLargeException}
     */
    public CompletionStage<Void> enqueueLater(QueuedMessage message) {
        return send(Topics.ACCEPTED, message.toBuilder().setStage(Stage.ROUTE).build()).thenAccept(placed -> { });
    }

    @Override
    public void enqueue(QueuedMessage message) throws QueueUnavailableException, InterruptedException {
        await(enqueueLater(message));
    }

    @Override
    public void relay(QueuedMessage message) throws QueueUnavailableException, InterruptedException {
        await(send(Topics.RELAY, message.toBuilder().setStage(Stage.RELAY).build()));
    }

    @Override
    public void relaySlowly(QueuedMessage message) throws QueueUnavailableException, InterruptedException {
        await(send(Topics.RELAY_SLOWLY, message.toBuilder().setStage(Stage.RELAY_SLOWLY).build()));
    }

    @Override
    public Place retry(QueuedMessage message, Duration tier) throws QueueUnavailableException, InterruptedException {
        if (!settings.topics().retryTiers().contains(tier)) {
            throw new IllegalArgumentException("no retry tier of " + tier);
        }
        long due = clock.millis() + tier.toMillis();
        return await(send(Topics.retry(tier), message.toBuilder().setDueAt(due).build()));
    }

    /** Noted as moved: whoever moves the tier passes over what was moved ahead of its time, wherever it went. */
    @Override
    public void takeBack(Place place, QueuedMessage message) throws QueueUnavailableException, InterruptedException {
        await(send(Topics.ORDERS, AheadOfTime.key(place), AheadOfTime.note(place, message.getQueueId(), clock.millis()).toByteArray()));
    }

    @Override
    public void hold(QueuedMessage message) throws QueueUnavailableException, InterruptedException {
        await(send(Topics.HELD, message.toBuilder().clearDueAt().build()));
    }

    @Override
    public void bury(DeadLetter letter) throws QueueUnavailableException, InterruptedException {
        await(send(Topics.DEAD, letter.toByteArray()));
    }

    /** Onto {@code mail.orders}: of hold, release, bounce and delete the last about a message stands; a retry changes nothing of that. */
    public void order(List<Order> orders) throws QueueUnavailableException, InterruptedException {
        List<CompletionStage<Place>> sent = orders.stream()
                .<CompletionStage<Place>>map(order -> send(Topics.ORDERS, StandingOrders.key(order), order.toByteArray())).toList();
        for (CompletionStage<Place> one : sent) {
            await(one);
        }
    }

    /** Back to the topic of its stage, at once. */
    public void again(QueuedMessage message) throws QueueUnavailableException, InterruptedException {
        await(send(stageTopic(message), message.toBuilder().clearDueAt().build()));
    }

    /** Onto {@code mail.trace} like {@link #trace}, but waits until it is there: for what a person did. */
    public void record(TraceEvent event) throws QueueUnavailableException, InterruptedException {
        await(send(Topics.TRACE, event.getQueueId().toByteArray(), event.toByteArray()));
    }

    @Override
    public void trace(TraceEvent event) {
        var record = new ProducerRecord<>(Topics.TRACE, event.getQueueId().toByteArray(), event.toByteArray());
        send(traces, record).exceptionally(failure -> {
            lostTraces.increment();
            LOG.debugf("trace event lost: %s", failure.getMessage());
            return null;
        });
    }

    /** Onto {@code smtp.clients}, at best effort: the next one says it again. */
    public void report(ClientReport report) {
        send(traces, new ProducerRecord<>(Topics.CLIENTS, report.toByteArray())).exceptionally(failure -> {
            LOG.debugf("report lost: %s", failure.getMessage());
            return null;
        });
    }

    /** A trace waits for nothing, so where the topic is must be known before the first one. */
    private void learnTraceTopic() {
        try {
            while (!knowsTraceTopic()) {
                Thread.sleep(BETWEEN_QUESTIONS);
            }
        } catch (InterruptedException | InterruptException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean knowsTraceTopic() {
        try {
            return !traces.partitionsFor(Topics.TRACE).isEmpty();
        } catch (RetriableException e) {
            LOG.tracef("the topic of traces is not known yet: %s", e.getMessage());
            return false;
        }
    }

    /** Sends what is still in the buffer, for ten seconds at most. */
    @Override
    public void close() {
        learning.interrupt();
        producer.close(CLOSE_TIMEOUT);
        traces.close(CLOSE_TIMEOUT);
    }

    static String stageTopic(QueuedMessage message) {
        return switch (message.getStage()) {
            case RELAY -> Topics.RELAY;
            case RELAY_SLOWLY -> Topics.RELAY_SLOWLY;
            // A record of a release that did not say, or says what we do not know, is routed anew: that is always right.
            case ROUTE, STAGE_UNSPECIFIED, UNRECOGNIZED -> Topics.ACCEPTED;
        };
    }

    /**
     * Without a key: then what is sent at the same moment goes to one partition, in one batch that the broker syncs once. No
     * order is asked of these topics, but of the retry tiers, which have one partition.
     */
    CompletableFuture<Place> send(String topic, QueuedMessage message) {
        Span span = Span.current().child(Kind.PRODUCER, "send", topic);
        CompletableFuture<Place> sent = send(topic, within(span, message).toByteArray());
        span.closeAfter(sent);
        return sent;
    }

    /** Whoever takes the record goes on with the trace; where none is recorded, it stays what it is. */
    static QueuedMessage within(Span span, QueuedMessage message) {
        return span.recording() ? message.toBuilder().setTraceParent(span.traceParent()).build() : message;
    }

    CompletableFuture<Place> send(String topic, byte[] value) {
        return send(producer, new ProducerRecord<>(topic, value));
    }

    /** @param value none: what stood under the key is taken back */
    CompletableFuture<Place> send(String topic, byte[] key, byte[] value) {
        return send(producer, new ProducerRecord<>(topic, key, value));
    }

    private CompletableFuture<Place> send(Producer<byte[], byte[]> through, ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Place> done = new CompletableFuture<>();
        int size = record.value() == null ? 0 : record.value().length;
        try {
            through.send(record, (where, failure) -> {
                if (failure == null) {
                    done.complete(Place.newBuilder().setTopic(where.topic()).setPartition(where.partition()).setOffset(where.offset()).build());
                } else {
                    done.completeExceptionally(typed(failure, size));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            done.completeExceptionally(typed(e, size));
        }
        return done;
    }

    private Exception typed(Exception failure, int size) {
        if (failure instanceof org.apache.kafka.common.errors.RecordTooLargeException) {
            return new RecordTooLargeException(size, settings.maxRecordBytes());
        }
        return new QueueUnavailableException("the queue did not take the record: " + failure.getMessage(), failure);
    }

    private <T> T await(CompletionStage<T> sent) throws QueueUnavailableException, InterruptedException {
        try {
            // The producer itself gives up at the time-out; this second one only guards against a producer that hangs.
            return sent.toCompletableFuture().get(2 * settings.enqueueTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new QueueUnavailableException("the queue did not answer in time", e);
        } catch (ExecutionException | CompletionException e) {
            switch (e.getCause()) {
                case QueueUnavailableException unavailable -> throw unavailable;
                case RecordTooLargeException tooLarge -> throw tooLarge;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
