package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.engines.Child;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.ServiceName;

/**
 * Other sites' servers that stall, and workers that die with a message in their hands. All time-outs of RFC 5321 §4.5.3.2 are as
 * shipped, minutes: what is delivered here did not wait for one.
 */
@Order(SharedPlatform.Turn.OF_FRAGILE)
@Timeout(300)
class RelayFaultsTest {

    private static final int STUCK = 24;
    private static final int OTHERS = 50;
    /** As many as there are lanes, so that each of these mails can hold up one. */
    private static final int SILENT_DOMAINS = 12;
    /** Each of those mails waits in the main lanes for three seconds, postel.delivery.relay.slow.moment. */
    private static final Duration PROMPTLY = Duration.ofSeconds(15);
    /** With the unlucky one as many as may wait in the main lanes (postel.delivery.relay.slow.waiting). */
    private static final int CURSED = 2;
    private static final int MOST_DEATHS = 12;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final RemoteServer SITE = RemoteServer.open(Stall.none());
    private static final Stall SILENCE = Stall.silent();
    private static final RemoteServer SILENT = RemoteServer.open(SILENCE);
    private static final Stall DRIP = Stall.dripping();
    private static final RemoteServer DRIPPING = RemoteServer.open(DRIP);

    private static RunningPlatform platform;

    /** Of the platform that it shares. */
    static void configure(Map<String, String> settings) {
        settings.put("postel.delivery.queue-metrics-interval", "1s");
        // Who waits for longer than a moment waits, so that a worker can be killed meanwhile.
        settings.put("postel.delivery.relay.slow.after", "5m");
        settings.put("postel.delivery.next-hops.\"site.example.org\"", "127.0.0.1:" + SITE.port());
        for (int i = 1; i <= CURSED; i++) {
            settings.put("postel.delivery.next-hops.\"site" + i + ".example.org\"", "127.0.0.1:" + SITE.port());
        }
        for (int i = 0; i < SILENT_DOMAINS; i++) {
            settings.put("postel.delivery.next-hops.\"silent" + i + ".example.org\"", "127.0.0.1:" + SILENT.port());
        }
        settings.put("postel.delivery.next-hops.\"drip.example.org\"", "127.0.0.1:" + DRIPPING.port());
    }

    @BeforeAll
    static void start() {
        platform = SharedPlatform.FRAGILE.running();
    }

    @Test
    void aDozenDomainsWhoseServersNeverAnswerHoldUpNobodyElse() throws IOException, InterruptedException {
        stalledServerHoldsUpNobodyElse(IntStream.range(0, SILENT_DOMAINS).mapToObj(i -> "silent" + i + ".example.org").toList(), SILENT,
                SILENCE);
    }

    @Test
    void aServerThatSaysAnOctetASecondHoldsUpNobodyElse() throws IOException, InterruptedException {
        stalledServerHoldsUpNobodyElse(List.of("drip.example.org"), DRIPPING, DRIP);
    }

    private void stalledServerHoldsUpNobodyElse(List<String> domains, RemoteServer server, Stall stall)
            throws IOException, InterruptedException {
        Account alice = platform.account();
        Account bob = platform.account();
        Map<String, byte[]> late = new HashMap<>();
        Map<String, byte[]> prompt = new HashMap<>();
        try (SmtpClient smtp = submission(alice)) {
            for (int i = 0; i < STUCK; i++) {
                submit(smtp, alice, "late" + i + "@" + domains.get(i % domains.size()), late);
                if (i < domains.size()) {
                    // One after the other is the worst case: each is taken by another of the consumers, which waits for it.
                    stall.await(1, SOON);
                }
            }
            Map<String, byte[]> local = new HashMap<>();
            for (int i = 1; i <= OTHERS; i++) {
                submit(smtp, alice, "user" + i + "@site.example.org", prompt);
                submit(smtp, alice, bob.address(), local);
            }
        }
        check(prompt, SITE.take(OTHERS, (int) PROMPTLY.toSeconds()));
        Inbox.await(platform.port(Port.IMAP), bob, OTHERS, SOON);
        // All are waited for, each domain in its share of the slow lanes, while nobody else waits.
        stall.await(domains.size(), SOON);

        stall.end();
        check(late, server.take(STUCK, (int) SOON.toSeconds()));
        QueueLag.awaitEmpty(platform.port(Port.WORKER_HEALTH), SOON);
        assertEquals(0, server.waiting() + SITE.waiting(), "mails that were relayed twice");
        Inbox.of(platform.port(Port.IMAP), bob, OTHERS);
    }

    /**
     * The broker counts up to as many deliveries for one death as lanes share a partition, so how many deaths a message outlives is
     * not said; that it is never lost is, however many it needs.
     */
    @Test
    void aMessageInTheHandsOfEveryWorkerThatDiesBecomesADeadLetter() throws IOException, InterruptedException {
        Child worker = platform.platform().service(ServiceName.DELIVERY_WORKER);
        Account alice = platform.account();
        Map<String, byte[]> sent = new HashMap<>();
        List<String> cursed = new ArrayList<>();
        SITE.hold("unlucky@site.example.org");
        try (SmtpClient smtp = submission(alice)) {
            submit(smtp, alice, "unlucky@site.example.org", sent);
            for (int i = 1; i <= CURSED; i++) {
                String recipient = "cursed@site" + i + ".example.org";
                SITE.hold(recipient);
                cursed.add(submit(smtp, alice, recipient, new HashMap<>()));
            }
        }
        await("all in hand", () -> SITE.heldUp() == CURSED + 1);
        worker.kill();
        SITE.release("unlucky@site.example.org");
        worker.launch();
        check(sent, SITE.take(1, (int) SOON.toSeconds()));
        // Until the broker knows that it is relayed, the next death would bring it back: nobody can tell a lost 250 from a lost mail.
        await("the relayed one is done", () -> QueueLag.of(platform.port(Port.WORKER_HEALTH), "mail.relay") == CURSED);
        int deaths = 1;
        int heldUp = CURSED + 1;
        while (killedAgain(worker, heldUp, cursed)) {
            deaths++;
            heldUp = SITE.heldUp();
            assertTrue(deaths < MOST_DEATHS, "these are handed out again and again: " + cursed);
        }
        System.out.println("Dead after " + deaths + " deaths of the worker");
        assertEquals(Set.copyOf(cursed), dead());
        QueueLag.awaitEmpty(platform.port(Port.WORKER_HEALTH), SOON);
        List<String> log = Files.readAllLines(worker.log());
        cursed.forEach(id -> assertTrue(log.stream().anyMatch(line -> line.contains("dead letter") && line.contains(id)),
                "the log says which message is dead: " + id));

        try (SmtpClient smtp = submission(alice)) {
            submit(smtp, alice, "after@site.example.org", sent);
        }
        check(sent, SITE.take(1, (int) SOON.toSeconds()));
    }

    /** Kills the worker once it has another of the cursed messages in hand; false when all of them are dead letters. */
    private static boolean killedAgain(Child worker, int heldUp, List<String> cursed) throws IOException {
        await("a message in hand, or all dead letters", () -> SITE.heldUp() > heldUp || dead().containsAll(cursed));
        if (dead().containsAll(cursed)) {
            return false;
        }
        worker.kill();
        worker.launch();
        return true;
    }

    /** Their queue ids. A letter that was written as the worker died is written again, so records are not counted. */
    private static Set<String> dead() {
        Set<String> ids = new HashSet<>();
        try {
            platform.admin().get("/dead-letters").path("entries").forEach(entry -> ids.add(entry.path("id").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private static void await(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!reached.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, () -> "not within " + SOON.toSeconds() + " s: " + what + "; held up " + SITE.heldUp()
                    + ", dead letters " + dead());
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static SmtpClient submission(Account account) throws IOException {
        SmtpClient smtp = SmtpClient.connect(platform.port(Port.SUBMISSION)).startTls();
        String login = smtp.login(account);
        assertTrue(login.startsWith("235"), login);
        return smtp;
    }

    /** The queue id. */
    private static String submit(SmtpClient smtp, Account from, String to, Map<String, byte[]> sent) throws IOException {
        byte[] message = Messages.plain(from.address(), to, "number " + sent.size());
        String reply = smtp.send(from.address(), to, message);
        assertTrue(reply.startsWith("250"), reply);
        sent.put(to, message);
        return reply.substring(reply.lastIndexOf(' ') + 1);
    }

    /** Each once, octet by octet. */
    private static void check(Map<String, byte[]> sent, List<RemoteServer.Taken> taken) {
        assertEquals(taken.size(), taken.stream().map(RemoteServer.Taken::to).distinct().count());
        taken.forEach(mail -> TraceHeader.assertSame(sent.get(mail.to()), mail.message()));
    }
}
