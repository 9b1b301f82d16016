package org.postel.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Begins traces and goes on with those of other processes. One per process; any thread may use it. */
public final class Tracing implements AutoCloseable {

    /** The header, or field of a record, that says which span a piece of work belongs to: W3C Trace Context §3.2. */
    public static final String TRACE_PARENT = "traceparent";

    private static final String SCOPE = "org.postel";
    private static final String PATH = "/v1/traces";
    /** Spans that wait to be sent; more are dropped. */
    private static final int MOST_WAITING = 4096;
    private static final int MOST_TOGETHER = 512;
    private static final int LONGEST_VALUE = 2048;
    private static final long CLOSING_SECONDS = 3;

    private final Optional<Recorder> recorder;

    private record Recorder(SdkTracerProvider spans, Tracer tracer) {}

    private Tracing(Optional<Recorder> recorder) {
        this.recorder = recorder;
    }

    /** Records nothing, and makes nothing for it. */
    public static Tracing off() {
        return new Tracing(Optional.empty());
    }

    /** Sends spans to the collector of the settings; without one it is {@link #off}. A collector that is down is none the less asked again. */
    public static Tracing of(TracingSettings settings, String service) {
        return settings.endpoint().map(endpoint -> to(exporting(endpoint, settings), settings.ratio(), service)).orElseGet(Tracing::off);
    }

    private static SpanProcessor exporting(URI endpoint, TracingSettings settings) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString().replaceAll("/+$", "") + PATH).build();
        return BatchSpanProcessor.builder(exporter).setScheduleDelay(settings.interval()).setMaxQueueSize(MOST_WAITING)
                .setMaxExportBatchSize(MOST_TOGETHER).build();
    }

    static Tracing to(SpanProcessor processor, double ratio, String service) {
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .addSpanProcessor(processor)
                // A child is only made of what is recorded, here or where the trace began.
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(LONGEST_VALUE).build())
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service, AttributeKey.stringKey("service.namespace"), "postel")))
                .build();
        return new Tracing(Optional.of(new Recorder(spans, spans.get(SCOPE))));
    }

    /** Whether any trace can be recorded. */
    public boolean on() {
        return recorder.isPresent();
    }

    /** Begins a trace, recorded or not as the ratio has it. */
    public Span begin(Kind kind, String verb, String object) {
        return recorder.isEmpty() ? Span.NONE : begin(recorder.get().tracer(), kind, verb + " " + object, Context.root());
    }

    /**
     * Goes on with the trace of another process.
     *
     * @param traceParent what that process said; when it is empty or unreadable, or says that nothing is recorded, then nothing is
     */
    public Span follow(String traceParent, Kind kind, String verb, String object) {
        if (recorder.isEmpty() || traceParent.isEmpty()) {
            return Span.NONE;
        }
        Context theirs = W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, Only.HEADER);
        SpanContext parent = io.opentelemetry.api.trace.Span.fromContext(theirs).getSpanContext();
        return parent.isValid() ? begin(recorder.get().tracer(), kind, verb + " " + object, theirs) : Span.NONE;
    }

    private static Span begin(Tracer tracer, Kind kind, String name, Context parent) {
        io.opentelemetry.api.trace.Span span = tracer.spanBuilder(name).setSpanKind(kind.kind()).setParent(parent).startSpan();
        return span.isRecording() ? new RecordedSpan(tracer, span) : Span.NONE;
    }

    /** Sends what waits, for three seconds at most. */
    @Override
    public void close() {
        recorder.ifPresent(open -> open.spans().shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS));
    }

    /** A carrier that is the one header. */
    private enum Only implements TextMapGetter<String> {

        HEADER;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(TRACE_PARENT);
        }

        @Override
        public String get(String carrier, String key) {
            return TRACE_PARENT.equals(key) ? carrier : null;
        }
    }
}
