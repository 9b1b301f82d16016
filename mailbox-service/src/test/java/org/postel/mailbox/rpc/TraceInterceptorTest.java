package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.MailboxServiceClient;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.v1.ResolveRequest;
import org.postel.mailbox.identity.Caller;
import org.postel.tracing.Kind;
import org.postel.tracing.Span;

/** A call is a part of what its caller does. */
@Timeout(60)
class TraceInterceptorTest {

    @TempDir
    private Path folder;
    private RpcFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new RpcFixture(folder, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static void resolve(MailboxServiceClient client) {
        client.directory().resolve(ResolveRequest.newBuilder().addAddress("alice@example.test").build());
    }

    @Test
    void itsSpanIsBelowTheCallers() throws IOException {
        MailboxServiceClient client = fixture.client(Caller.SMTP_GATEWAY);
        try (Span transaction = fixture.spans.tracing().begin(Kind.SERVER, "SMTP", "transaction"); Span.Scope _ = transaction.enter()) {
            resolve(client);
        }
        SpanData served = fixture.spans.named("serve Resolve");
        assertEquals(fixture.spans.named("call Resolve").getSpanId(), served.getParentSpanId());
        assertEquals(StatusCode.UNSET, served.getStatus().getStatusCode());
    }

    @Test
    void aStrangerLeavesNone() throws IOException {
        MailboxServiceClient stranger = fixture.client("no token");
        try (Span transaction = fixture.spans.tracing().begin(Kind.SERVER, "SMTP", "transaction"); Span.Scope _ = transaction.enter()) {
            assertThrows(MailboxServiceException.class, () -> resolve(stranger));
        }
        assertFalse(fixture.spans.names().contains("serve Resolve"));
    }

    @Test
    void aCallerWithoutATraceLeavesNone() throws IOException {
        resolve(fixture.client(Caller.SMTP_GATEWAY));
        assertEquals(List.of(), fixture.spans.names());
    }
}
