package org.postel.tracing;

import org.jboss.logging.MDC;

/** What each thread works for. What it logs meanwhile carries the trace's id. */
final class Here {

    private static final String LOGGED = "trace_id";

    private static final ThreadLocal<Span> SPAN = new ThreadLocal<>();

    /** Even to look leaves something with a thread: until the first span was recorded nobody does. */
    private static volatile boolean used;

    private Here() {}

    static Span span() {
        Span span = used ? SPAN.get() : null;
        return span == null ? Span.NONE : span;
    }

    static Span.Scope enter(Span span) {
        used = true;
        Span before = span();
        become(span);
        return () -> become(before);
    }

    private static void become(Span span) {
        if (span.recording()) {
            SPAN.set(span);
            MDC.put(LOGGED, span.traceId());
        } else {
            SPAN.remove();
            MDC.remove(LOGGED);
        }
    }
}
