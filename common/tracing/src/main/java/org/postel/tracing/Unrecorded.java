package org.postel.tracing;

import java.util.concurrent.CompletionStage;

/** Nobody asked for a trace. */
enum Unrecorded implements Span, Span.Scope {

    NONE;

    @Override
    public boolean recording() {
        return false;
    }

    @Override
    public Span child(Kind kind, String name) {
        return this;
    }

    @Override
    public Span child(Kind kind, String verb, String object) {
        return this;
    }

    @Override
    public void link(Span other) {
        // Whoever follows a link must find something.
    }

    @Override
    public Span put(String key, long value) {
        return this;
    }

    @Override
    public Span put(String key, Object value) {
        return this;
    }

    @Override
    public Span failed(String why) {
        return this;
    }

    @Override
    public String traceParent() {
        return "";
    }

    @Override
    public String traceId() {
        return "";
    }

    @Override
    public String spanId() {
        return "";
    }

    @Override
    public Scope enter() {
        return this;
    }

    @Override
    public void closeAfter(CompletionStage<?> answer) {
        // There is nothing to be closed.
    }

    @Override
    public void close() {
        // Neither as a span nor as a scope was anything begun.
    }
}
