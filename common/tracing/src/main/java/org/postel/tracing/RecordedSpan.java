package org.postel.tracing;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletionStage;

/** One that will be exported. */
final class RecordedSpan implements Span {

    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;

    RecordedSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    @Override
    public boolean recording() {
        return true;
    }

    @Override
    public Span child(Kind kind, String name) {
        return new RecordedSpan(tracer, tracer.spanBuilder(name).setSpanKind(kind.kind()).setParent(Context.root().with(span)).startSpan());
    }

    @Override
    public Span child(Kind kind, String verb, String object) {
        return child(kind, verb + " " + object);
    }

    @Override
    public void link(Span other) {
        if (other instanceof RecordedSpan also) {
            span.addLink(also.span.getSpanContext());
        }
    }

    @Override
    public Span put(String key, long value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public Span put(String key, Object value) {
        span.setAttribute(key, value.toString());
        return this;
    }

    @Override
    public Span failed(String why) {
        span.setStatus(StatusCode.ERROR, why);
        return this;
    }

    @Override
    public String traceParent() {
        return "00-" + traceId() + "-" + spanId() + "-01";
    }

    @Override
    public String traceId() {
        return span.getSpanContext().getTraceId();
    }

    @Override
    public String spanId() {
        return span.getSpanContext().getSpanId();
    }

    @Override
    public Scope enter() {
        return Here.enter(this);
    }

    @Override
    public void closeAfter(CompletionStage<?> answer) {
        answer.whenComplete((value, failure) -> {
            if (failure != null) {
                failed(failure.toString());
            }
            close();
        });
    }

    @Override
    public void close() {
        span.end();
    }
}
