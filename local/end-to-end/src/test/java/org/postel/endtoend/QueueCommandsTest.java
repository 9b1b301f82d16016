package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.launcher.FailedException;
import org.postel.launcher.platform.Port;

/** An operator does it with {@code ./postel queue} and {@code ./postel trace}: what is deferred would wait for an hour. */
@Order(SharedPlatform.Turn.OF_OBSERVED)
@Timeout(120)
class QueueCommandsTest {

    private static final String BRANCH = "branch.example.org";
    private static final String OFFICE = "office.example.org";
    private static final String NOT_NOW = "451 4.2.1 Come back later";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RemoteServer SITE = RemoteServer.open(Stall.none());

    private static RunningPlatform platform;

    /** Of the platform that it shares, whose mail waits as {@link QueueOrdersTest} says. */
    static void configure(Map<String, String> settings) {
        for (String domain : List.of(BRANCH, OFFICE)) {
            settings.put("postel.delivery.next-hops.\"" + domain + "\"", "127.0.0.1:" + SITE.port());
        }
    }

    @BeforeAll
    static void start() {
        platform = SharedPlatform.OBSERVED.running();
    }

    @Test
    void allThatWaitsForADomainGoesAtOnceAndNothingElse() throws IOException, InterruptedException {
        Account alice = platform.account();
        List<String> waiting = List.of(deferred(alice, "one@" + OFFICE), deferred(alice, "two@" + OFFICE));
        String other = deferred(alice, "three@" + BRANCH);
        told(list -> waiting.stream().allMatch(list::contains), "queue", "list", "--domain", OFFICE);
        assertEquals("2 messages are tried again.\n", platform.postel("queue", "retry", "--domain", OFFICE));
        List<String> came = SITE.take(2, (int) SOON.toSeconds()).stream().map(RemoteServer.Taken::to).sorted().toList();
        assertEquals(List.of("one@" + OFFICE, "two@" + OFFICE), came);
        for (String id : waiting) {
            told(journey -> journey.contains("  relayed "), "trace", id);
        }
        assertEquals("Nothing is queued.\n", told(list -> waiting.stream().noneMatch(list::contains), "queue", "list", "--domain", OFFICE));
        assertTrue(platform.postel("queue", "show", other).startsWith(other + "  deferred since "), "what waits for another domain waits on");
        platform.postel("queue", "delete", other);
        told(list -> !list.contains(other), "queue", "list");
    }

    @Test
    void whatWaitsIsListedAndShownAndGoesOnWhenTriedAgain() throws IOException, InterruptedException {
        Account alice = platform.account();
        String id = deferred(alice, "again@" + BRANCH);
        String entry = "  <" + alice.address() + "> to again@" + BRANCH + ", ";
        for (String[] look : List.of(new String[] {"queue", "show", id}, new String[] {"queue", "list", "--sender", alice.address()})) {
            String told = told(list -> list.contains(id), look);
            assertTrue(told.startsWith(id + "  deferred since ") && told.contains(entry) && told.contains(" octets, 1 attempts, next at ")
                    && told.contains(NOT_NOW), told);
        }
        assertEquals(id + " is tried again.\n", platform.postel("queue", "retry", id));
        SITE.next("again@" + BRANCH, (int) SOON.toSeconds());
        String journey = told(steps -> steps.contains("  relayed "), "trace", id);
        assertTrue(journey.matches("(?s).*  accepted: from <[^\n]* under TLSv1\\.3, TLS_[A-Z0-9_]+ as " + alice.address() + ", .*"), journey);
        assertTrue(journey.contains("]:" + SITE.port() + " in clear said: 250 "), journey);
    }

    @Test
    void heldMailGoesOnWhenItIsReleased() throws IOException, InterruptedException {
        String id = deferred(platform.account(), "held@" + BRANCH);
        assertTrue(platform.postel("queue", "hold", id).startsWith(id + " is held "));
        told(show -> show.startsWith(id + "  held since "), "queue", "show", id);
        assertEquals(0, SITE.waiting(), "held mail was relayed");
        assertEquals(id + " goes on.\n", platform.postel("queue", "release", id));
        SITE.next("held@" + BRANCH, (int) SOON.toSeconds());
    }

    @Test
    void bouncedMailIsToldItsSenderAndDeletedMailIsNot() throws IOException {
        Account alice = platform.account();
        String deleted = deferred(alice, "deleted@" + BRANCH);
        String bounced = deferred(alice, "bounced@" + BRANCH);
        assertEquals(deleted + " is given up; nobody is told.\n", platform.postel("queue", "delete", deleted));
        told(steps -> steps.contains("  deleted "), "trace", deleted);
        assertEquals(bounced + " is given up; its sender is told.\n", platform.postel("queue", "bounce", bounced));
        String report = new String(Inbox.of(platform.port(Port.IMAP), alice, 1).getFirst(), StandardCharsets.UTF_8);
        assertTrue(report.contains("bounced@" + BRANCH) && !report.contains("deleted@"), report);
        told(list -> !list.contains(deleted) && !list.contains(bounced), "queue", "list", "--domain", BRANCH);
        assertThrows(FailedException.class, () -> platform.postel("queue", "retry", deleted));
    }

    /** A notification that nobody takes: its sender cannot be told (RFC 5321 §4.5.5). */
    @Test
    void aDeadLetterArrivesOnceItIsReplayedAndItsCauseIsGone() throws IOException, InterruptedException {
        String lost = "lost@" + BRANCH;
        // With its first account example.test is one of our domains.
        platform.account();
        platform.alias("reports@example.test", lost);
        SITE.refuse(lost, "550 5.7.1 Not today", 1);
        String id;
        try (SmtpClient stranger = SmtpClient.connect(platform.port(Port.SMTP))) {
            id = queueId(stranger.send("", "reports@example.test", Messages.plain("postmaster@example.org", "reports@example.test", "a report")));
        }
        String dead = told(list -> list.contains(id), "queue", "dead", "list");
        assertTrue(dead.contains(lost) && dead.contains("550 5.7.1 Not today"), dead);
        assertEquals(0, SITE.waiting());
        assertEquals(id + " is tried again.\n", platform.postel("queue", "dead", "replay", id));
        assertEquals("", SITE.next(lost, (int) SOON.toSeconds()).from());
        String journey = told(steps -> steps.contains("  relayed "), "trace", id);
        assertTrue(journey.matches("(?s).*  dead .*  replayed.*  relayed .*"), journey);
        told(list -> !list.contains(id), "queue", "dead", "list");
        assertThrows(FailedException.class, () -> platform.postel("queue", "dead", "replay", id));
    }

    /** The queue id of a mail that the other site did not want yet. */
    private static String deferred(Account from, String to) throws IOException {
        SITE.refuse(to, NOT_NOW, 1);
        try (SmtpClient smtp = SmtpClient.connect(platform.port(Port.SUBMISSION)).startTls()) {
            smtp.login(from);
            String id = queueId(smtp.send(from.address(), to, Messages.plain(from.address(), to, to)));
            told(show -> show.contains(id + "  deferred since "), "queue", "show", id);
            return id;
        }
    }

    private static String queueId(String reply) {
        assertTrue(reply.startsWith("250"), reply);
        return reply.substring(reply.lastIndexOf(' ') + 1);
    }

    /** What a command tells, as soon as it tells that; lists and journeys are some seconds late. */
    private static String told(Predicate<String> wanted, String... command) throws IOException {
        long end = System.nanoTime() + SOON.toNanos();
        String told = answer(command);
        while (!wanted.test(told)) {
            assertTrue(System.nanoTime() - end < 0, List.of(command) + " tells " + told);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            told = answer(command);
        }
        return told;
    }

    /** Also where it refuses: what is not known yet. */
    private static String answer(String... command) throws IOException {
        try {
            return platform.postel(command);
        } catch (FailedException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
