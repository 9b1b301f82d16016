package org.postel.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a message pays for tracing where nobody asked for it. */
class TracingCostTest {

    private static final int MESSAGES = 20_000;

    private final Tracing tracing = Tracing.off();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void nothingIsAllocated() {
        messages();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        messages();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
        // Less than one octet for each: what is there is the measurement's own.
        assertEquals(0, allocated / MESSAGES, allocated + " octets");
    }

    private void messages() {
        for (int message = 0; message < MESSAGES; message++) {
            try (Span span = tracing.begin(Kind.SERVER, "SMTP", "transaction"); Span.Scope _ = span.enter()) {
                span.put("postel.size", message).put("postel.queue_id", this);
                try (Span part = Span.current().child(Kind.CLIENT, "send", "mail.accepted"); Span.Scope _ = part.enter()) {
                    part.traceParent();
                }
                tracing.follow("", Kind.CONSUMER, "process", "mail.accepted").close();
            }
        }
    }

    @Override
    public String toString() {
        throw new AssertionError("nobody asked for the text");
    }
}
