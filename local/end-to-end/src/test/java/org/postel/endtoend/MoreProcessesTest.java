package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;
import org.postel.launcher.platform.ServiceName;

/** A second process of a service takes its share of the work, and is told nothing but its own ports; a trace tells what which process did. */
@Timeout(300)
class MoreProcessesTest {

    private static final String ATTEMPTS = "mail_delivery_attempts_total";
    private static final int WAVE = 20;
    /** What the second worker must have delivered, and the first one after it came. */
    private static final int SHARE = 2 * WAVE;
    private static final int MOST_WAVES = 200;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static RunningPlatform platform;
    private static Collector collector;

    @BeforeAll
    static void start() throws IOException {
        collector = new Collector();
        Map<String, String> settings = RunningPlatform.impatient();
        settings.put("postel.tracing.endpoint", collector.endpoint());
        settings.put("postel.tracing.ratio", "1");
        settings.put("postel.tracing.interval", "100ms");
        platform = RunningPlatform.start(settings);
    }

    @AfterAll
    static void stop() {
        platform.close();
        collector.close();
    }

    @Test
    void whatAllProcessesDoForAMessageIsOneTrace() throws IOException {
        Account account = platform.account();
        try (ImapClient idler = ImapClient.inbox(platform.port(Port.IMAP), account);
                SmtpClient smtp = SmtpClient.connect(platform.port(Port.SMTP))) {
            idler.idle();
            String reply = smtp.send("sender@example.org", account.address(), Messages.plain("sender@example.org", account.address(), "followed"));
            String queueId = reply.substring(reply.lastIndexOf(' ') + 1);
            Collector.Span accepted = collector.await(SOON, span -> queueId.equals(span.attributes().get("postel.queue_id")) && span.parent().isEmpty());
            Collector.Span told = collector.await(SOON, span -> span.trace().equals(accepted.trace()) && span.name().equals("IMAP notification"));
            assertEquals(List.of("imap-gateway: process mailbox.events", "mailbox-service: send mailbox.events", "mailbox-service: commit",
                    "mailbox-service: serve Deliver", "delivery-worker: call Deliver", "delivery-worker: process mail.accepted",
                    "smtp-gateway: send mail.accepted", "smtp-gateway: SMTP transaction"), collector.above(told));
            Collector.Span written = collector.await(SOON, span -> span.trace().equals(accepted.trace()) && span.name().equals("UPDATE mailbox_log"));
            assertEquals("mailbox-service: commit", collector.above(written).getFirst());
            assertEquals(List.of(), collector.of(accepted.trace()).stream().filter(span -> span.attributes().toString().contains("@")).toList(), "nobody is named");
            String exemplar = Metrics.exemplar(platform.port(Port.WORKER_HEALTH), "mail_delivery_latency_seconds_bucket", SOON);
            collector.await(SOON, span -> span.trace().equals(exemplar) && span.name().equals("process mail.accepted"));
            idler.done();
        }
    }

    @Test
    void anImapCommandIsFollowedToCassandra() throws IOException {
        Account account = platform.account();
        try (ImapClient imap = ImapClient.inbox(platform.port(Port.IMAP), account)) {
            imap.append("INBOX", "", Messages.plain("sender@example.org", account.address(), "flagged"));
            imap.ok("STORE 1 +FLAGS (\\Flagged)");
            Collector.Span command = collector.await(SOON, span -> span.name().equals("IMAP STORE"));
            Collector.Span written = collector.await(SOON, span -> span.trace().equals(command.trace()) && span.name().equals("UPDATE mailbox_log"));
            assertEquals(List.of("mailbox-service: commit", "mailbox-service: serve Store", "imap-gateway: call Store", "imap-gateway: IMAP STORE"),
                    collector.above(written));
        }
    }

    @Test
    void aSecondWorkerDeliversItsShare() throws IOException {
        Account account = platform.account();
        int first = platform.port(Port.WORKER_HEALTH);
        int second = platform.another(ServiceName.DELIVERY_WORKER).number(Port.WORKER_HEALTH);
        int before = Metrics.sum(first, ATTEMPTS);
        int sent = 0;
        while (Metrics.sum(second, ATTEMPTS) < SHARE || Metrics.sum(first, ATTEMPTS) < before + SHARE) {
            assertTrue(sent < MOST_WAVES * WAVE, "of " + sent + " mails the first worker delivered "
                    + (Metrics.sum(first, ATTEMPTS) - before) + " and the second " + Metrics.sum(second, ATTEMPTS));
            send(platform.port(Port.SMTP), account, WAVE);
            sent += WAVE;
            Inbox.await(platform.port(Port.IMAP), account, sent, SOON);
        }
        assertEquals(sent, Metrics.sum(first, ATTEMPTS) - before + Metrics.sum(second, ATTEMPTS), "none by both");
        Inbox.of(platform.port(Port.IMAP), account, sent);
    }

    @Test
    void aSecondGatewayOfEachProtocolServesTheSameMail() throws IOException {
        Account account = platform.account();
        Ports smtp = platform.another(ServiceName.SMTP_GATEWAY);
        Ports imap = platform.another(ServiceName.IMAP_GATEWAY);
        Ports pop3 = platform.another(ServiceName.POP3_GATEWAY);
        send(smtp.number(Port.SMTP), account, WAVE);
        send(platform.port(Port.SMTP), account, WAVE);
        Inbox.of(imap.number(Port.IMAP), account, 2 * WAVE);
        try (Pop3Client client = Pop3Client.connect(pop3.number(Port.POP3))) {
            assertTrue(client.login(account).startsWith("+OK"));
            assertTrue(client.ok("STAT").startsWith("+OK " + 2 * WAVE + " "));
            client.ok("QUIT");
        }
        assertEquals(WAVE, Metrics.sum(smtp.number(Port.SMTP_HEALTH), "mail_smtp_messages_total"));
    }

    private static void send(int port, Account account, int count) throws IOException {
        try (SmtpClient smtp = SmtpClient.connect(port)) {
            for (int i = 0; i < count; i++) {
                String reply = smtp.send("sender@example.org", account.address(),
                        Messages.plain("sender@example.org", account.address(), "one of many"));
                assertTrue(reply.startsWith("250"), reply);
            }
        }
    }
}
