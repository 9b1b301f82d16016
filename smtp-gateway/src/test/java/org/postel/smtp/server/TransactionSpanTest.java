package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.wire.LineClient;

/** What a collector is told of transactions. */
class TransactionSpanTest {

    private TestGateway gateway;
    private LineClient client;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Map.of());
        client = TestGateway.ehlo(gateway.mx());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gateway.close();
    }

    private void mail() throws IOException {
        client.send("MAIL FROM:<sender@example.org>").expect("250");
        client.send("RCPT TO:<alice@example.test>").expect("250");
        client.send("DATA").expect("354");
        client.send("Subject: one").send("").send("text").send(".").expect("250");
    }

    private long code(SpanData span) {
        return span.getAttributes().get(AttributeKey.longKey("smtp.reply.code"));
    }

    @Test
    void eachTransactionIsATraceOfItsOwnUntilItsReply() throws IOException {
        mail();
        mail();
        client.send("NOOP").expect("250");
        List<SpanData> spans = gateway.spans.closed();
        assertEquals(List.of("SMTP transaction", "SMTP transaction"), gateway.spans.names());
        assertNotEquals(spans.getFirst().getTraceId(), spans.getLast().getTraceId());
        assertEquals(List.of(250L, 250L), spans.stream().map(this::code).toList());
    }

    @Test
    void aRefusedSenderOpensNoneThatStays() throws IOException {
        client.send("MAIL FROM:<sender@example.org> SIZE=999999999999").expect("552");
        client.send("NOOP").expect("250");
        assertEquals(552, code(gateway.spans.named("SMTP transaction")));
        assertEquals(StatusCode.ERROR, gateway.spans.named("SMTP transaction").getStatus().getStatusCode());
    }

    @Test
    void aTransactionThatIsGivenUpEndsWithTheSession() throws IOException {
        client.send("MAIL FROM:<sender@example.org>").expect("250");
        client.send("QUIT").expect("221");
        assertEquals(1, gateway.spans.closed().size());
    }
}
