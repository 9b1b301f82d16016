package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.engines.Child;
import org.postel.launcher.platform.Platform;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.Replica;
import org.postel.launcher.platform.ServiceName;

/**
 * Two processes of each service, as {@code ./postel up --scale} starts them: they share the work, one goes on without the other, and
 * whichever of all processes dies, nothing is lost.
 */
@Order(SharedPlatform.Turn.OF_SCALED)
@Timeout(600)
class ScaledPlatformTest {

    private static final String ATTEMPTS = "mail_delivery_attempts_total";
    private static final int WAVE = 20;
    private static final int MOST_WAVES = 200;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ACCOUNTS = 2;
    private static final int CLIENTS = 2;
    /** So much of each kind shows that work goes on. */
    private static final int MORE = 5;

    private static final RunningPlatform PLATFORM = SharedPlatform.SCALED.running();

    @Test
    void whatOneGatewayTakesTheOtherShows() throws IOException {
        Account account = PLATFORM.account();
        byte[] message = Messages.multipart("shared");
        for (int port : PLATFORM.ports(Port.SMTP)) {
            send(port, account, WAVE);
        }
        for (int port : PLATFORM.ports(Port.IMAP)) {
            Inbox.of(port, account, 2 * WAVE);
        }
        try (ImapClient one = ImapClient.inbox(PLATFORM.ports(Port.IMAP).getFirst(), account);
                ImapClient two = ImapClient.inbox(PLATFORM.ports(Port.IMAP).getLast(), account)) {
            assertTrue(one.append("INBOX", "\\Seen", message).contains("APPENDUID"));
            two.ok("NOOP");
            assertArrayEquals(message, two.message(2 * WAVE + 1));
            two.ok("STORE 1 +FLAGS.SILENT (\\Deleted)");
            two.ok("EXPUNGE");
            List<String> told = one.ok("NOOP");
            assertTrue(told.contains("* 1 EXPUNGE"), told.toString());
        }
    }

    @Test
    void aMaildropIsHeldByOneSessionAcrossGateways() throws IOException {
        Account account = PLATFORM.account();
        try (Pop3Client first = Pop3Client.connect(PLATFORM.ports(Port.POP3).getFirst())) {
            assertTrue(first.login(account).startsWith("+OK"));
            try (Pop3Client second = Pop3Client.connect(PLATFORM.ports(Port.POP3).getLast())) {
                String refused = second.login(account);
                assertTrue(refused.startsWith("-ERR [IN-USE]"), refused);
            }
            first.ok("QUIT");
        }
        try (Pop3Client third = Pop3Client.connect(PLATFORM.ports(Port.POP3).getLast())) {
            String taken = third.login(account);
            assertTrue(taken.startsWith("+OK"), taken);
        }
    }

    @Test
    void bothWorkersDeliverAndNoMailTwice() throws IOException {
        Account account = PLATFORM.account();
        int[] before = attempts();
        int[] after = before;
        int sent = 0;
        while (after[0] < before[0] + WAVE || after[1] < before[1] + WAVE) {
            assertTrue(sent < MOST_WAVES * WAVE, "of " + sent + " mails the workers delivered " + Arrays.toString(after)
                    + ", and before " + Arrays.toString(before));
            send(PLATFORM.port(Port.SMTP), account, WAVE);
            sent += WAVE;
            Inbox.await(PLATFORM.port(Port.IMAP), account, sent, SOON);
            after = attempts();
        }
        assertEquals(sent, after[0] - before[0] + after[1] - before[1], "none by both");
        Inbox.of(PLATFORM.port(Port.IMAP), account, sent);
    }

    private static int[] attempts() throws IOException {
        List<Integer> ports = PLATFORM.ports(Port.WORKER_HEALTH);
        return new int[] {Metrics.sum(ports.getFirst(), ATTEMPTS), Metrics.sum(ports.getLast(), ATTEMPTS)};
    }

    /** SIGKILL of one of each pair, then of the other, then of the engines. */
    @Test
    void whoeverDiesTheOtherGoesOnAndNothingIsLost() throws IOException {
        Chaos chaos = new Chaos();
        try (MailLoad load = new MailLoad(PLATFORM, ACCOUNTS); MailboxWriters writers = new MailboxWriters(PLATFORM)) {
            load.send(CLIENTS);
            load.append(CLIENTS);
            for (int half = 0; half < 2; half++) {
                try (Chaos.Fault dead = chaos.kill(half(half))) {
                    int before = writers.appended();
                    load.awaitMore(MORE);
                    load.await("the other gateway appends", () -> writers.appended() >= before + MORE);
                }
            }
            killTheEngines(chaos, load);
            load.awaitMore(MORE);
            writers.check();
            load.check();
        }
    }

    /** A mailbox-service that starts meanwhile is up and takes no calls, so that whoever would call it asks another at once. */
    private static void killTheEngines(Chaos chaos, MailLoad load) throws IOException {
        Replica store = PLATFORM.platform().replicas(ServiceName.MAILBOX_SERVICE).getFirst();
        try (Chaos.Fault dead = chaos.kill(PLATFORM.platform().kafka().child(), PLATFORM.platform().cassandra().child())) {
            store.child().kill();
            store.child().launch();
            load.await("mailbox-service is up", () -> accepts(store.ports().number(Port.MAILBOX_HEALTH)));
            assertFalse(store.child().isReady(), "ready without a database");
            assertFalse(accepts(store.ports().number(Port.GRPC)), "calls are taken without a database");
        }
        store.child().awaitReady(Platform.START_LIMIT);
        assertTrue(accepts(store.ports().number(Port.GRPC)));
    }

    private static boolean accepts(int port) {
        try (Line line = Line.connect(port)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Child[] half(int half) {
        return Stream.of(ServiceName.values()).map(service -> PLATFORM.platform().replicas(service).get(half).child()).toArray(Child[]::new);
    }

    /** As a cluster does it where all services get a new release: one of each gets SIGTERM, and is back before the other does. */
    @Test
    void allAreRolledUnderLoadAndNobodyLosesMoreThanAConnection() throws IOException {
        Chaos chaos = new Chaos();
        try (MailLoad load = new MailLoad(PLATFORM, ACCOUNTS); MaildropLoad maildrops = new MaildropLoad(PLATFORM, CLIENTS);
                IdlingClient one = new IdlingClient(PLATFORM.ports(Port.IMAP), load.account());
                IdlingClient two = new IdlingClient(PLATFORM.ports(Port.IMAP).reversed(), load.account())) {
            load.send(CLIENTS);
            load.append(CLIENTS);
            awaitAll(load, maildrops, List.of(one, two), PLATFORM.port(Port.IMAP));
            for (int half = 0; half < 2; half++) {
                int other = PLATFORM.ports(Port.IMAP).get(1 - half);
                try (Chaos.Fault away = chaos.terminate(half(half))) {
                    awaitAll(load, maildrops, List.of(one, two), other);
                }
                awaitAll(load, maildrops, List.of(one, two), other);
            }
            assertEquals(List.of(), one.abandoned());
            assertEquals(List.of(), two.abandoned());
            load.check();
            maildrops.check();
            assertEquals(List.of(), Stream.concat(load.refusals().stream(), maildrops.refusals().stream())
                    .filter(answer -> !ofOneThatLeaves(answer)).toList());
        }
    }

    /** Said by a gateway that ends, or of a maildrop whose session there is just ending. */
    private static boolean ofOneThatLeaves(String answer) {
        return answer.startsWith("421") || answer.startsWith("-ERR [IN-USE]") || answer.contains("shutting down");
    }

    /** No client is stuck: each sends, takes away or hears of something from now on; a gateway at this port says how much there is to hear of. */
    private static void awaitAll(MailLoad load, MaildropLoad maildrops, List<IdlingClient> idling, int imapPort) throws IOException {
        List<Integer> handedIn = load.ofEach();
        List<Integer> taken = maildrops.taken();
        load.await(() -> "each client does something: " + handedIn + " " + load.ofEach() + ", over POP3 " + taken + " " + maildrops.taken(),
                () -> allMore(handedIn, load.ofEach()) && allMore(taken, maildrops.taken()));
        try (ImapClient imap = ImapClient.inbox(imapPort, load.account())) {
            int there = imap.exists();
            load.await(() -> "all that idle hear of " + there + " messages: " + idling.stream().map(IdlingClient::told).toList(),
                    () -> idling.stream().allMatch(client -> client.told() >= there));
        }
    }

    private static boolean allMore(List<Integer> before, List<Integer> now) {
        return IntStream.range(0, before.size()).allMatch(i -> now.get(i) > before.get(i));
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
