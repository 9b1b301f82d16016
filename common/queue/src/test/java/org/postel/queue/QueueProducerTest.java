package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postel.mail.QueueId;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;
import org.postel.queue.v1.TraceEvent;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.tracing.SpansInMemory;

/** The producer without a broker. */
class QueueProducerTest {

    private static final QueueSettings NOBODY_THERE = new QueueSettings("127.0.0.1:1", new Topics(Topics.DEFAULT_RETRY_TIERS), 1,
            (short) 1, 4096, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(30), 5, Map.of());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void brokerThatIsDownIsATypedFailureInTime() {
        try (QueueProducer producer = new QueueProducer(NOBODY_THERE, metrics)) {
            long start = System.nanoTime();
            assertThrows(QueueUnavailableException.class, () -> producer.enqueue(message(10)));
            assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(5)) < 0);
        }
    }

    @Test
    void lostTraceIsCountedAndNotThrown() {
        try (QueueProducer producer = new QueueProducer(NOBODY_THERE, metrics)) {
            producer.trace(TraceEvent.newBuilder().setStep("accepted").build());
            assertEquals(1, metrics.counter("mail.trace.lost").count());
        }
    }

    @Test
    void whatIsNotEnqueuedIsSeenInItsTrace() {
        SpansInMemory spans = new SpansInMemory();
        try (QueueProducer producer = new QueueProducer(NOBODY_THERE, metrics);
                Span transaction = spans.tracing().begin(Kind.SERVER, "SMTP", "transaction"); Span.Scope _ = transaction.enter()) {
            assertThrows(QueueUnavailableException.class, () -> producer.enqueue(message(10)));
            assertEquals(transaction.spanId(), spans.named("send mail.accepted").getParentSpanId());
            assertEquals(StatusCode.ERROR, spans.named("send mail.accepted").getStatus().getStatusCode());
        }
    }

    @Test
    void aRecordNamesTheSpanThatPutItThere() {
        Span send = new SpansInMemory().tracing().begin(Kind.PRODUCER, "send", Topics.ACCEPTED);
        assertEquals(send.traceParent(), QueueProducer.within(send, message(10)).getTraceParent());
    }

    @Test
    void withoutATraceARecordStaysAsItIs() {
        QueuedMessage message = message(10);
        assertSame(message, QueueProducer.within(Span.NONE, message));
        assertFalse(message.toString().contains("trace_parent"));
    }

    @Test
    void unknownTierIsABugOfTheCaller() {
        try (QueueProducer producer = new QueueProducer(NOBODY_THERE, metrics)) {
            assertThrows(IllegalArgumentException.class, () -> producer.retry(message(10), Duration.ofDays(3)));
        }
    }

    @Test
    void whatComesBackGoesToTheTopicOfItsStage() {
        assertEquals(Topics.ACCEPTED, QueueProducer.stageTopic(message(1)));
        assertEquals(Topics.RELAY, QueueProducer.stageTopic(message(1).toBuilder().setStage(Stage.RELAY).build()));
        assertEquals(Topics.RELAY_SLOWLY, QueueProducer.stageTopic(message(1).toBuilder().setStage(Stage.RELAY_SLOWLY).build()));
        assertEquals(Topics.ACCEPTED, QueueProducer.stageTopic(message(1).toBuilder().setStageValue(99).build()), "of a later release");
    }

    private static QueuedMessage message(int size) {
        return QueuedMessage.newBuilder().setQueueId(ByteString.copyFrom(QueueId.next().toBytes()))
                .setInline(ByteString.copyFrom(new byte[size])).build();
    }
}
