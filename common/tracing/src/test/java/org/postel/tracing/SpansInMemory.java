package org.postel.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Keeps what a collector would be sent. */
public final class SpansInMemory implements SpanExporter {

    private final List<SpanData> closed = Collections.synchronizedList(new ArrayList<>());
    private final Tracing tracing;

    public SpansInMemory() {
        this(1);
    }

    /** @param ratio of traces that are recorded */
    public SpansInMemory(double ratio) {
        this.tracing = Tracing.to(SimpleSpanProcessor.create(this), ratio, "test");
    }

    /** Records into here. */
    public Tracing tracing() {
        return tracing;
    }

    /** Spans that were closed, in that order. */
    public List<SpanData> closed() {
        return List.of(closed.toArray(SpanData[]::new));
    }

    /** Their names. */
    public List<String> names() {
        return closed().stream().map(SpanData::getName).toList();
    }

    /** The one of this name. */
    public SpanData named(String name) {
        List<SpanData> found = closed().stream().filter(span -> span.getName().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " spans are named " + name + ": " + names());
        }
        return found.getFirst();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        closed.addAll(spans);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
