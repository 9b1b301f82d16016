package org.postel.tracing;

import io.prometheus.client.exemplars.DefaultExemplarSampler;
import io.prometheus.client.exemplars.ExemplarSampler;
import io.prometheus.client.exemplars.tracer.common.SpanContextSupplier;
import java.util.Optional;

/** Notes with a measurement the trace it was made in, so that a slow bucket of a histogram leads to a trace (OpenMetrics, "exemplars"). */
public final class Exemplars implements SpanContextSupplier {

    private Exemplars() {}

    /** For the registry of metrics; empty where no trace can be recorded. */
    public static Optional<ExemplarSampler> of(Tracing tracing) {
        return tracing.on() ? Optional.of(new DefaultExemplarSampler(new Exemplars())) : Optional.empty();
    }

    @Override
    public String getTraceId() {
        return Span.current().traceId();
    }

    @Override
    public String getSpanId() {
        return Span.current().spanId();
    }

    @Override
    public boolean isSampled() {
        return Span.current().recording();
    }
}
