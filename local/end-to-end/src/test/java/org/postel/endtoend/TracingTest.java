package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.platform.Port;

/** What all processes do for a message, or for a command, is one trace; a collector of OpenTelemetry is told of it. */
@Order(SharedPlatform.Turn.OF_OBSERVED)
@Timeout(300)
class TracingTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static final Collector COLLECTOR = Collector.open();

    private static RunningPlatform platform;

    /** Of the platform that it shares. */
    static void configure(Map<String, String> settings) {
        settings.put("postel.tracing.endpoint", COLLECTOR.endpoint());
        settings.put("postel.tracing.ratio", "1");
        settings.put("postel.tracing.interval", "100ms");
    }

    @BeforeAll
    static void start() {
        platform = SharedPlatform.OBSERVED.running();
    }

    @Test
    void aMessageIsFollowedToTheClientThatIdles() throws IOException {
        Account account = platform.account();
        try (ImapClient idler = ImapClient.inbox(platform.port(Port.IMAP), account);
                SmtpClient smtp = SmtpClient.connect(platform.port(Port.SMTP))) {
            idler.idle();
            String reply = smtp.send("sender@example.org", account.address(), Messages.plain("sender@example.org", account.address(), "followed"));
            String queueId = reply.substring(reply.lastIndexOf(' ') + 1);
            Collector.Span accepted = COLLECTOR.await(SOON, span -> queueId.equals(span.attributes().get("postel.queue_id")) && span.parent().isEmpty());
            Collector.Span told = COLLECTOR.await(SOON, span -> span.trace().equals(accepted.trace()) && span.name().equals("IMAP notification"));
            assertEquals(List.of("imap-gateway: process mailbox.events", "mailbox-service: send mailbox.events", "mailbox-service: commit",
                    "mailbox-service: serve Deliver", "delivery-worker: call Deliver", "delivery-worker: process mail.accepted",
                    "smtp-gateway: send mail.accepted", "smtp-gateway: SMTP transaction"), COLLECTOR.above(told));
            Collector.Span written = COLLECTOR.await(SOON, span -> span.trace().equals(accepted.trace()) && span.name().equals("UPDATE mailbox_log"));
            assertEquals("mailbox-service: commit", COLLECTOR.above(written).getFirst());
            assertEquals(List.of(), COLLECTOR.of(accepted.trace()).stream().filter(span -> span.attributes().toString().contains("@")).toList(), "nobody is named");
            String exemplar = Metrics.exemplar(platform.port(Port.WORKER_HEALTH), "mail_delivery_latency_seconds_bucket", SOON);
            COLLECTOR.await(SOON, span -> span.trace().equals(exemplar) && span.name().equals("process mail.accepted"));
            idler.done();
        }
    }

    @Test
    void anImapCommandIsFollowedToCassandra() throws IOException {
        Account account = platform.account();
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            imap.append("INBOX", "", Messages.plain("sender@example.org", account.address(), "flagged"));
            imap.ok("STORE 1 +FLAGS (\\Flagged)");
            Collector.Span command = COLLECTOR.await(SOON, span -> span.name().equals("IMAP STORE"));
            Collector.Span written = COLLECTOR.await(SOON, span -> span.trace().equals(command.trace()) && span.name().equals("UPDATE mailbox_log"));
            assertEquals(List.of("mailbox-service: commit", "mailbox-service: serve Store", "imap-gateway: call Store", "imap-gateway: IMAP STORE"),
                    COLLECTOR.above(written));
        }
    }
}
