package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;
import org.postel.wire.LineClient;

/** What a collector is told of commands, and of what IDLE tells. */
@Timeout(60)
class CommandSpanTest {

    private static final byte[] MESSAGE = "Subject: x\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII);

    private TestGateway gateway;
    private LineClient client;

    @BeforeEach
    void select() throws IOException {
        gateway = new TestGateway();
        client = gateway.login();
        ok("SELECT INBOX");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        gateway.close();
    }

    private void ok(String command) throws IOException {
        client.send("a " + command);
        String line = client.readLine();
        while (!line.startsWith("a ")) {
            line = client.readLine();
        }
        assertEquals("a OK", line.substring(0, 4), line);
    }

    /** A message comes; the span in which it does. */
    private Span delivered() {
        try (Span commit = gateway.spans.tracing().begin(Kind.PRODUCER, "send", "mailbox.events"); Span.Scope _ = commit.enter()) {
            gateway.mail.deliver(MESSAGE);
            return commit;
        }
    }

    @Test
    void aCommandIsATraceOfItsOwn() throws IOException {
        ok("CHECK");
        // The span ends after its answer was written: the next command comes later.
        ok("NOOP");
        assertEquals("ok", gateway.spans.named("IMAP CHECK").getAttributes().get(AttributeKey.stringKey("imap.result")));
        assertEquals("0000000000000000", gateway.spans.named("IMAP CHECK").getParentSpanId());
    }

    @Test
    void whatIdleTellsIsOfTheTraceOfWhatItTells() throws IOException {
        client.send("a IDLE").expect("+ idling");
        Span commit = delivered();
        client.expect("* 1 EXISTS");
        client.expect("* 1 RECENT");
        client.send("DONE").expect("a OK");
        SpanData notification = gateway.spans.named("IMAP notification");
        SpanData event = gateway.spans.closed().stream().filter(span -> span.getSpanId().equals(notification.getParentSpanId())).findFirst().orElseThrow();
        assertEquals("process mailbox.events", event.getName());
        assertEquals(commit.spanId(), event.getParentSpanId());
        assertEquals(commit.traceId(), notification.getTraceId());
        assertFalse(gateway.spans.names().contains("IMAP IDLE"));
    }

    @Test
    void whatACommandToldIsNotTheNewsOfALaterIdle() throws IOException {
        delivered();
        ok("NOOP");
        client.send("a IDLE").expect("+ idling");
        client.send("DONE").expect("a OK");
        assertFalse(gateway.spans.names().contains("IMAP notification"));
    }
}
