package org.postel.tracing;

import java.util.concurrent.CompletionStage;

/**
 * One piece of work within a trace, from when it was made until it is closed. Where nothing is recorded all of it is
 * {@link #NONE}, which takes everything and does nothing. Any thread may use it.
 */
public interface Span extends AutoCloseable {

    /** Not recorded, and so are its children. */
    Span NONE = Unrecorded.NONE;

    /** What this thread works for; {@link #NONE} when that is not recorded. */
    static Span current() {
        return Here.span();
    }

    /** So that work which another thread does belongs to what this thread works for; the work itself when that is not recorded. */
    static Runnable carried(Runnable work) {
        Span here = current();
        if (!here.recording()) {
            return work;
        }
        return () -> {
            try (Scope _ = here.enter()) {
                work.run();
            }
        };
    }

    /** Whether anybody will see it: what is dear to find out need not be, if not. */
    boolean recording();

    /** A part of this work. */
    Span child(Kind kind, String name);

    /** As {@link #child(Kind, String)}, named by both words, the first one of few. */
    Span child(Kind kind, String verb, String object);

    /** What is done here is done for the other span's work, too, which may be of another trace. */
    void link(Span other);

    /** Notes a number. */
    Span put(String key, long value);

    /** Notes the value's text. */
    Span put(String key, Object value);

    /** The work did not do what it was to do, in a few words. */
    Span failed(String why);

    /** For another process, as the header {@code traceparent} has it (W3C Trace Context §3.2); empty when not recorded. */
    String traceParent();

    /** 32 hexadecimal digits; empty when not recorded. */
    String traceId();

    /** 16 hexadecimal digits; empty when not recorded. */
    String spanId();

    /** From here on this thread works for it, until the scope is closed by the same thread. The span may be entered again. */
    Scope enter();

    /** Closes it when the answer comes, whichever. */
    void closeAfter(CompletionStage<?> answer);

    /** The work is done. */
    @Override
    void close();

    /** Gives the thread back to what it worked for before. */
    interface Scope extends AutoCloseable {

        @Override
        void close();
    }
}
