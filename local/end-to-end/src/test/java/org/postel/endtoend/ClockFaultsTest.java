package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.engines.Child;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.ServiceName;

/**
 * The clock of one service after the other is five minutes ahead, or behind, then right again, while {@link MailLoad} sends and
 * appends. Users log in, mail is tried again when its time has come, nothing is lost and nothing doubled.
 */
@Order(SharedPlatform.Turn.OF_OTHERS)
@Timeout(900)
class ClockFaultsTest {

    private static final Duration OFF = Duration.ofMinutes(5);
    private static final int ACCOUNTS = 4;
    private static final int CLIENTS = 2;
    /** That many more of each kind show that the load goes on. */
    private static final int MORE = 20;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final RemoteServer SITE = RemoteServer.open(Stall.none());

    private static RunningPlatform platform;

    @BeforeAll
    static void start() {
        Map<String, String> settings = RunningPlatform.impatient();
        settings.put("postel.delivery.queue-metrics-interval", "1s");
        settings.put("postel.delivery.next-hops.\"site.example.org\"", "127.0.0.1:" + SITE.port());
        platform = RunningPlatform.start(settings);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** Who is off at the same time. The gateways know nothing of each other, so each is off alone. */
    private enum Off {
        GATEWAYS(ServiceName.SMTP_GATEWAY, ServiceName.IMAP_GATEWAY, ServiceName.POP3_GATEWAY),
        WORKER(ServiceName.DELIVERY_WORKER),
        STORE(ServiceName.MAILBOX_SERVICE);

        private final List<ServiceName> services;

        Off(ServiceName... services) {
            this.services = List.of(services);
        }

        Map<Child, Duration> by(Duration off) {
            return services.stream().map(platform.platform()::service).collect(Collectors.toMap(Function.identity(), child -> off));
        }
    }

    @Test
    void aClockThatIsOffLosesAndDoublesNothing() throws IOException, InterruptedException {
        Chaos chaos = new Chaos();
        Account user = platform.account();
        try (MailLoad load = new MailLoad(platform, ACCOUNTS);
                ImapClient before = ImapClient.inbox(platform.port(Port.IMAP), user)) {
            load.send(CLIENTS);
            load.append(CLIENTS);
            load.awaitMore(MORE);
            chaos.setClocks(Off.WORKER.by(OFF));
            everythingWorks(load, user, 1);
            chaos.setClocks(Off.WORKER.by(OFF.negated()));
            everythingWorks(load, user, 2);
            chaos.setClocks(Off.STORE.by(OFF));
            everythingWorks(load, user, 3);
            chaos.setClocks(Off.STORE.by(OFF.negated()));
            everythingWorks(load, user, 4);
            // Its token is from before any clock was off.
            assertEquals(4, before.exists());
            chaos.setClocks(Off.GATEWAYS.by(OFF));
            everythingWorks(load, user, 5);
            chaos.setClocks(Off.GATEWAYS.by(OFF.negated()));
            everythingWorks(load, user, 6);
            chaos.setClocks(Map.of());
            load.awaitMore(MORE);
            load.check();
        }
        assertEquals(0, SITE.waiting(), "mails that were relayed twice");
    }

    /** Mail to another site that is taken at the second attempt, mail to oneself, and the maildrop with all that came so far. */
    private static void everythingWorks(MailLoad load, Account user, int mails) throws IOException, InterruptedException {
        load.awaitMore(MORE);
        platform.platform().children().forEach(child -> child.awaitReady(SOON));
        String remote = user.address().substring(0, user.address().indexOf('@')) + "-" + mails + "@site.example.org";
        byte[] away = Messages.plain(user.address(), remote, "away " + mails);
        byte[] home = Messages.plain(user.address(), user.address(), "home " + mails);
        SITE.refuse(remote, "451 4.7.1 Come again", 1);
        try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SUBMISSION)).startTls()) {
            String login = smtp.login(user);
            assertTrue(login.startsWith("235"), login);
            assertTrue(smtp.send(user.address(), remote, away).startsWith("250"));
            assertTrue(smtp.send(user.address(), user.address(), home).startsWith("250"));
        }
        RemoteServer.Taken taken = SITE.take(1, (int) SOON.toSeconds()).getFirst();
        assertEquals(remote, taken.to(), "a mail that was relayed twice");
        TraceHeader.assertSame(away, taken.message());
        // Until the broker knows that it is relayed, the next stop may bring it back: nobody can tell a lost 250 from a lost mail.
        QueueLag.awaitEmpty(platform.port(Port.WORKER_HEALTH), "mail.relay", SOON);
        Inbox.of(platform.port(Port.IMAP), user, mails);
        try (Pop3Client pop3 = Pop3Client.connect(platform.port(Port.POP3))) {
            String login = pop3.login(user);
            assertTrue(login.startsWith("+OK"), login);
            TraceHeader.assertSame(home, pop3.message(mails));
            pop3.ok("QUIT");
        }
    }
}
