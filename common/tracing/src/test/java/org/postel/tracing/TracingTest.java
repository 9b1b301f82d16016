package org.postel.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {

    private static final String THEIRS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final SpansInMemory spans = new SpansInMemory();
    private final Tracing tracing = spans.tracing();

    @Test
    void whatIsDoneWithinASpanIsItsChild() {
        try (Span outer = tracing.begin(Kind.SERVER, "IMAP", "FETCH"); Span.Scope _ = outer.enter()) {
            Span.current().child(Kind.CLIENT, "call").put("rows", 3).close();
        }
        SpanData call = spans.named("call");
        SpanData fetch = spans.named("IMAP FETCH");
        assertEquals(fetch.getSpanId(), call.getParentSpanId());
        assertEquals(fetch.getTraceId(), call.getTraceId());
        assertEquals(SpanKind.CLIENT, call.getKind());
        assertEquals(3, call.getAttributes().get(AttributeKey.longKey("rows")));
        assertSame(Span.NONE, Span.current());
    }

    @Test
    void anotherProcessGoesOnWithTheTrace() {
        String traceParent;
        try (Span send = tracing.begin(Kind.PRODUCER, "send", "mail.accepted")) {
            traceParent = send.traceParent();
        }
        tracing.follow(traceParent, Kind.CONSUMER, "process", "mail.accepted").close();
        assertTrue(traceParent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), traceParent);
        assertEquals(spans.named("send mail.accepted").getTraceId(), spans.named("process mail.accepted").getTraceId());
        assertEquals(spans.named("send mail.accepted").getSpanId(), spans.named("process mail.accepted").getParentSpanId());
    }

    @Test
    void theTracesOfOthersAreUnderstood() {
        tracing.follow(THEIRS, Kind.SERVER, "serve", "it").close();
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", spans.named("serve it").getTraceId());
        assertEquals("00f067aa0ba902b7", spans.named("serve it").getParentSpanId());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "nonsense",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"})
    void whatNamesNoRecordedTraceBeginsNone(String traceParent) {
        assertSame(Span.NONE, tracing.follow(traceParent, Kind.SERVER, "serve", "it"));
    }

    @Test
    void aTraceThatIsNotRecordedTellsNobodyOfItself() {
        Span span = new SpansInMemory(0).tracing().begin(Kind.SERVER, "IMAP", "FETCH");
        assertSame(Span.NONE, span);
        assertEquals("", span.traceParent());
    }

    /** The ratio is of traces that begin here: what another process records is recorded whole. */
    @Test
    void whoeverGoesOnRecordsWhatTheFirstRecords() {
        assertTrue(new SpansInMemory(0).tracing().follow(THEIRS, Kind.SERVER, "serve", "it").recording());
    }

    @Test
    void aThreadThatIsHandedTheWorkWorksForTheSameSpan() throws InterruptedException {
        try (Span outer = tracing.begin(Kind.SERVER, "deliver", "all"); Span.Scope _ = outer.enter()) {
            Thread.ofVirtual().start(Span.carried(() -> Span.current().child(Kind.INTERNAL, "one").close())).join();
        }
        assertEquals(spans.named("deliver all").getSpanId(), spans.named("one").getParentSpanId());
    }

    @Test
    void workThatIsNotRecordedIsHandedOverAsItIs() {
        Runnable work = () -> { };
        assertSame(work, Span.carried(work));
    }

    @Test
    void workForAnotherTraceIsLinkedToIt() {
        Span other = tracing.begin(Kind.SERVER, "other", "call");
        try (Span commit = tracing.begin(Kind.INTERNAL, "commit", "both")) {
            commit.link(other);
            commit.link(Span.NONE);
        }
        assertEquals(List.of(other.spanId()), spans.named("commit both").getLinks().stream().map(link -> link.getSpanContext().getSpanId()).toList());
    }

    @Test
    void anAnswerThatComesLaterEndsItsSpan() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        tracing.begin(Kind.CLIENT, "SELECT", "accounts").closeAfter(answer);
        assertEquals(0, spans.closed().size());
        answer.completeExceptionally(new IllegalStateException("gone"));
        assertEquals(StatusCode.ERROR, spans.named("SELECT accounts").getStatus().getStatusCode());
    }

    @Test
    void whatIsLoggedWithinASpanCarriesItsTrace() {
        try (Span span = tracing.begin(Kind.SERVER, "IMAP", "FETCH"); Span.Scope _ = span.enter()) {
            assertEquals(span.traceId(), MDC.get("trace_id"));
            try (Span inner = span.child(Kind.CLIENT, "call"); Span.Scope _ = inner.enter()) {
                assertSame(inner, Span.current());
            }
            assertEquals(span.traceId(), MDC.get("trace_id"));
        }
        assertNull(MDC.get("trace_id"));
    }

    @Test
    void aLongValueIsCut() {
        tracing.begin(Kind.SERVER, "IMAP", "FETCH").put("text", "x".repeat(100_000)).close();
        assertTrue(spans.named("IMAP FETCH").getAttributes().get(AttributeKey.stringKey("text")).length() <= 2048);
    }

    @Test
    void withoutACollectorTracingIsOff() {
        assertFalse(Tracing.off().on());
        assertSame(Span.NONE, Tracing.off().begin(Kind.SERVER, "IMAP", "FETCH"));
        assertSame(Span.NONE, Tracing.off().follow(THEIRS, Kind.SERVER, "serve", "it"));
    }
}
