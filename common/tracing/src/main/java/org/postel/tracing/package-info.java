/**
 * Spans, as OpenTelemetry names them: what one process did for one message or one command, how long it took, and within what.
 * {@link org.postel.tracing.Tracing} begins a trace or goes on with another process's, and {@link org.postel.tracing.Span} is
 * where to start inside one.
 *
 * <p>Every module may use it, so it knows none of ours and no framework, and nobody else knows OpenTelemetry.
 *
 * <p>Invariants: whether a trace is recorded is decided where it begins, and whoever goes on with it obeys; without one nothing
 * is made, kept or sent, neither an object nor a header nor a field; an exporter that is slow or gone costs spans, never mail; a
 * span names queue ids, sizes and answers, and no person.
 */
package org.postel.tracing;
