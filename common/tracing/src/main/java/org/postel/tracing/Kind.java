package org.postel.tracing;

import io.opentelemetry.api.trace.SpanKind;

/** Which side of a conversation a span tells of. */
public enum Kind {
    /** Serves a request that came over the network. */
    SERVER(SpanKind.SERVER),
    /** Makes one, and waits for the answer. */
    CLIENT(SpanKind.CLIENT),
    /** Hands something over that is worked on later. */
    PRODUCER(SpanKind.PRODUCER),
    /** Works on it. */
    CONSUMER(SpanKind.CONSUMER),
    /** Within one process. */
    INTERNAL(SpanKind.INTERNAL);

    private final SpanKind kind;

    Kind(SpanKind kind) {
        this.kind = kind;
    }

    SpanKind kind() {
        return kind;
    }
}
