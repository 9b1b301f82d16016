package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Ports;
import org.postel.launcher.platform.ServiceName;

/** A second process of a service takes its share of the work, and is told nothing but its own ports. */
@Timeout(300)
class MoreProcessesTest {

    private static final String ATTEMPTS = "mail_delivery_attempts_total";
    private static final int WAVE = 20;
    /** What the second worker must have delivered, and the first one after it came. */
    private static final int SHARE = 2 * WAVE;
    private static final int MOST_WAVES = 200;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static RunningPlatform platform;

    @BeforeAll
    static void start() {
        platform = RunningPlatform.start(RunningPlatform.impatient());
    }

    @AfterAll
    static void stop() {
        platform.close();
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
