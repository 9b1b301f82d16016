package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.QueueInMemory;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Recipient;
import org.postel.queue.v1.Stage;

/** The server's time-outs are a minute here: what ends before ran out of its opening. */
@Timeout(30)
class SlowDestinationsTest {

    private static final Duration MOMENT = Duration.ofMillis(150);
    private static final Duration AFTER = Duration.ofMillis(600);
    /** For what must not run out of it, however busy the machine is. */
    private static final Duration ENOUGH = Duration.ofSeconds(3);
    private static final Duration PARKING = Duration.ofSeconds(30);
    private static final Duration FINDINGS = Duration.ofMinutes(5);

    private final Fixture fixture = new Fixture();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private final SlowDestinations slow = new SlowDestinations(Duration.ofHours(1));

    @Test
    void mailForAServerThatSaysNothingGoesOnInTheSlowLanesAndWasNoAttempt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(SlowDestinationsTest::silence)) {
            Relayer lanes = mainLanes(to(server), 1);
            lanes.relay(message("bob@example.org"));
            assertEquals(0, fixture.queue.slow.getFirst().getAttempts());
            assertEquals(List.of("slow"), fixture.queue.steps());
            lanes.relay(message("carol@example.org"));
            assertEquals(1, server.connections(), "the second mail did not ask again");
        }
        assertEquals(2, fixture.queue.slow.size());
        assertEquals(List.of(), fixture.queue.retries);
        assertEquals(List.of(), fixture.queue.enqueued);
    }

    @Test
    void soDoesMailWhoseServerStopsAtAnyStepBeforeTheContent() throws Exception {
        List<ScriptedServer.Script> stops = List.of(
                line -> line.answer(""),
                line -> {
                    line.say("220 mx\r\n");
                    silence(line);
                },
                line -> {
                    line.welcome("STARTTLS");
                    line.answer("220 go on\r\n");
                    silence(line);
                },
                line -> {
                    line.welcome();
                    silence(line);
                },
                line -> {
                    line.welcome();
                    line.answer("250 ok\r\n");
                    line.answer("250 ok\r\n");
                    silence(line);
                },
                line -> {
                    while (true) {
                        line.say("220-patience\r\n");
                        Thread.sleep(20);
                    }
                });
        for (ScriptedServer.Script stop : stops) {
            try (ScriptedServer server = new ScriptedServer(stop)) {
                fixture.queue.slow.clear();
                mainLanes(to(server), 1).relay(message("bob@example" + stops.indexOf(stop) + ".org"));
                assertEquals(1, fixture.queue.slow.size(), "step " + stops.indexOf(stop));
            }
        }
        assertEquals(List.of(), fixture.queue.retries);
    }

    @Test
    void soDoesMailWhoseDomainHasASilentNameServer() throws Exception {
        Relayer lanes = mainLanes((domain, need) -> {
            Thread.sleep(Duration.ofMinutes(1));
            throw new IllegalStateException("nobody waited");
        }, 1);
        lanes.relay(message("bob@example.org"));
        assertEquals(1, fixture.queue.slow.size());
    }

    @Test
    void contentThatHasBegunIsNeverCutShort() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("250 ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            Thread.sleep(ENOUGH.plusMillis(500));
            line.say("250 2.0.0 queued at last\r\n");
            line.answer("221 bye\r\n");
        })) {
            Relayer lanes = relayer(to(server), Lanes.main(new Openings(ENOUGH, ENOUGH, 0), slow, ENOUGH));
            lanes.relay(message("bob@example.org"));
            assertEquals(List.of("relayed"), fixture.queue.steps());
            lanes.relay(message("carol@example.org"));
            assertEquals(1, fixture.queue.slow.size(), "it is known to be slow now");
        }
    }

    @Test
    void aRefusalThatCameInTimeStandsWhateverTheServerDoesThen() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.answer("250 ok\r\n");
            line.answer("550 5.1.1 nobody here\r\n");
            silence(line);
        })) {
            relayer(to(server), Lanes.main(new Openings(ENOUGH, ENOUGH, 0), slow, ENOUGH)).relay(message("bob@example.org"));
        }
        assertEquals(List.of(), fixture.queue.slow);
        assertTrue(fixture.queue.steps().contains("bounced"), fixture.queue.steps().toString());
    }

    /** Its guard sleeps for up to a second, and does not see at once that a message took it after the end. */
    @Test
    void aConnectionThatIsOpenTakesNothingAfterTheEnd() throws Exception {
        List<Hop> hops = new ArrayList<>();
        try (ScriptedServer silent = new ScriptedServer(SlowDestinationsTest::silence);
                ScriptedServer backup = takesAll();
                Relayer lanes = mainLanes((domain, need) -> new NextHops.Found.Servers(List.copyOf(hops)), 1)) {
            hops.add(new Hop("mx20.example.org", backup.address(), 20, TlsPolicy.OFF));
            lanes.relay(message("bob@example.org"));
            hops.addFirst(new Hop("mx10.example.org", silent.address(), 10, TlsPolicy.OFF));
            lanes.relay(message("carol@example.org"));
            assertEquals(1, silent.connections());
        }
        assertEquals(List.of("relayed", "slow"), fixture.queue.steps());
        assertEquals(1, fixture.queue.slow.size());
        assertEquals(1, taken.get(), "what goes on in the slow lanes was not sent");
    }

    @Test
    void whoIsDecidedWhenTimeRunsOutDoesNotGoOn() throws Exception {
        SuppressionsInMemory known = new SuppressionsInMemory();
        known.add("nobody@example.org", "550 5.1.1 nobody here");
        try (ScriptedServer server = new ScriptedServer(SlowDestinationsTest::silence)) {
            relayer(to(server), known, Lanes.main(new Openings(MOMENT, AFTER, 1), slow, AFTER)).relay(
                    Fixture.message("nobody@example.org", "bob@example.org").toBuilder().setStage(Stage.RELAY).setRelayDomain("example.org").build());
        }
        assertEquals(List.of("bob@example.org"), fixture.queue.slow.getFirst().getRecipientsList().stream().map(Recipient::getAddress).toList());
        assertEquals(1, fixture.queue.enqueued.size(), "the sender is told of the other");
    }

    @Test
    void whileSomeWaitTheOthersHaveAMomentOnly() throws Exception {
        int domains = 6;
        Duration late = Duration.ofSeconds(10);
        try (ScriptedServer server = new ScriptedServer(SlowDestinationsTest::silence)) {
            Relayer lanes = relayer(to(server), Lanes.main(new Openings(MOMENT, late, 2), slow, late));
            List<Thread> threads = new ArrayList<>();
            CountDownLatch left = new CountDownLatch(domains - 2);
            AtomicInteger waiting = new AtomicInteger(domains);
            for (int i = 0; i < domains; i++) {
                QueuedMessage message = message("bob@silent" + i + ".example.org");
                threads.add(Thread.ofVirtual().start(() -> {
                    relay(lanes, message);
                    waiting.decrementAndGet();
                    left.countDown();
                }));
            }
            long begun = System.nanoTime();
            left.await();
            assertTrue(System.nanoTime() - begun < late.toNanos(), "they waited as if they were alone");
            assertEquals(2, waiting.get());
            assertEquals(domains - 2, fixture.queue.slow.size());
            server.close();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void aDestinationThatIsQuickAgainIsSlowNoMore() throws Exception {
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        try (ScriptedServer server = quick()) {
            Relayer lanes = relayer(to(server), Lanes.slow(slow, ENOUGH, FINDINGS));
            settle(lanes, message("bob@example.org"));
            assertEquals(1, server.connections(), "it goes over the connection that was opened for it");
            relayer(to(server), Lanes.main(new Openings(ENOUGH, ENOUGH, 0), slow, ENOUGH)).relay(message("carol@example.org"));
        }
        assertEquals(List.of("relayed", "relayed"), fixture.queue.steps());
    }

    @Test
    void aServerThatIsLateGetsItsMailAndStaysSlow() throws Exception {
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        try (ScriptedServer server = new ScriptedServer(line -> {
            Thread.sleep(AFTER.multipliedBy(2));
            line.welcome();
            line.take();
            line.answer("221 bye\r\n");
        })) {
            settle(slowLanes(to(server)), message("bob@example.org"));
            assertEquals(1, server.connections());
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
        assertTrue(slow.has("example.org"));
    }

    @Test
    void whatAServerSaysAtLastIsSaidToAllMailForIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            Thread.sleep(AFTER.multipliedBy(2));
            line.say("421 4.3.2 not today\r\n");
        })) {
            Relayer lanes = slowLanes(to(server));
            lanes.relay(message("bob@example.org"));
            assertEquals(1, fixture.queue.slow.size(), "here too nobody waits for a server of whom nothing is known");
            settle(lanes, message("bob@example.org"));
            lanes.relay(message("carol@example.org"));
            assertEquals(2, server.connections(), "nobody asks again at once");
        }
        for (QueueInMemory.Retry later : fixture.queue.retries.reversed().subList(0, 2)) {
            assertEquals(Stage.RELAY_SLOWLY, later.message().getStage());
            assertEquals(1, later.message().getAttempts());
            assertEquals("421 4.3.2 not today", later.message().getRecipients(0).getLastFailure().getReply());
        }
    }

    @Test
    void noMailWaitsInASlowLaneHoweverManyDomainsAreSilent() throws Exception {
        // More than are asked at once: the mail of the others waits as well.
        int domains = 220;
        try (ScriptedServer silent = new ScriptedServer(SlowDestinationsTest::silence)) {
            Relayer lanes = slowLanes(to(silent));
            for (int i = 0; i < 2 * domains; i++) {
                String domain = "silent" + i % domains + ".example.org";
                slow.late(domain, SlowDestinations.Step.CONNECTION);
                lanes.relay(message("bob@" + domain));
            }
            assertEquals(2 * domains, fixture.queue.retries.size());
            assertTrue(fixture.queue.retries.stream().allMatch(parked -> parked.delay().equals(PARKING) && parked.message().getAttempts() == 0
                    && parked.message().getStage() == Stage.RELAY_SLOWLY));
            lanes.close();
            assertTrue(silent.connections() <= domains, "one each");
        }
    }

    /** RFC 5321 §5.1 has the better server asked first, and the probe did. */
    @Test
    void aBetterServerThatIsSilentIsNotWaitedForAgainWithEachMessage() throws Exception {
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        try (ScriptedServer silent = new ScriptedServer(line -> Thread.sleep(AFTER.multipliedBy(2)), SlowDestinationsTest::silence);
                ScriptedServer backup = takesAll(); Relayer lanes = slowLanes((domain, need) -> new NextHops.Found.Servers(List.of(
                        new Hop("mx20.example.org", backup.address(), 20, TlsPolicy.OFF), new Hop("mx10.example.org", silent.address(), 10, TlsPolicy.OFF))))) {
            settle(lanes, message("bob@example.org"));
            settle(lanes, message("carol@example.org"));
            assertEquals(List.of(1, 1), List.of(silent.connections(), backup.connections()));
        }
        assertEquals(List.of("relayed", "relayed"), fixture.queue.steps());
    }

    /** It takes mail only if a lane waits for it. The first time the mail is parked and the server asked once more. */
    @Test
    void aServerThatHangsUpBeforeItsMailComesGetsItInTheEnd() throws Exception {
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        try (ScriptedServer server = new ScriptedServer(line -> {
            int before = returned.get();
            Thread.sleep(AFTER.multipliedBy(2));
            line.welcome();
            if (before == returned.get()) {
                line.take();
                line.answer("221 bye\r\n");
            }
        }); Relayer lanes = slowLanes(to(server))) {
            settle(lanes, message("bob@example.org"));
            assertEquals(3, server.connections());
        }
        assertEquals(List.of("relayed"), fixture.queue.steps());
    }

    /** It is given back to the queue as it is: parked beside that it would be there twice. */
    @Test
    void whatIsInterruptedOverTheConnectionThatWasOpenedForItIsNotParked() throws Exception {
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        CountDownLatch envelope = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.hear();
            envelope.countDown();
            line.hear();
        }); Relayer lanes = slowLanes(to(server))) {
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    settle(lanes, message("bob@example.org"));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
            envelope.await();
            thread.interrupt();
            thread.join();
            assertEquals(1, server.connections());
        }
        assertEquals(0, interrupted.getCount());
        assertEquals(List.of(), fixture.queue.retries);
    }

    @Test
    void aProbeThatFailsIsAnAttemptToo() throws Exception {
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        Relayer lanes = slowLanes((domain, need) -> {
            throw new IllegalStateException("a bug");
        });
        settle(lanes, message("bob@example.org"));
        assertEquals("4.3.0", fixture.queue.retries.getFirst().message().getRecipients(0).getLastFailure().getStatus());
        assertEquals(1, fixture.queue.retries.getFirst().message().getAttempts());
    }

    private Relayer mainLanes(NextHops hops, int waiting) {
        return relayer(hops, Lanes.main(new Openings(MOMENT, AFTER, waiting), slow, AFTER));
    }

    private Relayer slowLanes(NextHops hops) {
        return relayer(hops, Lanes.slow(slow, AFTER, FINDINGS));
    }

    private Relayer relayer(NextHops hops, Lanes lanes) {
        return relayer(hops, new SuppressionsInMemory(), lanes);
    }

    private Relayer relayer(NextHops hops, Suppressions suppressions, Lanes lanes) {
        return new Relayer(hops, suppressions, fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                new RelaySettings(SenderIdentities.allAs("mx.example.test"), 1, Duration.ofMillis(20), PARKING,
                        SmtpTimeouts.all(Duration.ofMinutes(1), Duration.ofMinutes(2)), new Reuse(10, Duration.ofMinutes(1)), Duration.ofMinutes(1)), lanes);
    }

    /** As a message that comes back from the parking tier until something becomes of it. */
    private void settle(Relayer relayer, QueuedMessage message) throws InterruptedException {
        do {
            Thread.sleep(10);
            fixture.queue.retries.clear();
            relayer.relay(message);
            returned.incrementAndGet();
        } while (fixture.queue.retries.stream().anyMatch(retry -> retry.delay().equals(PARKING)));
    }

    private static void relay(Relayer relayer, QueuedMessage message) {
        try {
            relayer.relay(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void silence(ScriptedServer.Line line) throws InterruptedException {
        Thread.sleep(Duration.ofMinutes(1));
    }

    private static ScriptedServer quick() throws Exception {
        return new ScriptedServer(line -> {
            line.welcome();
            line.take();
            line.answer("221 bye\r\n");
        });
    }

    private ScriptedServer takesAll() throws Exception {
        return new ScriptedServer(line -> {
            line.welcome();
            while (!line.take().endsWith("<EOF>")) {
                taken.incrementAndGet();
            }
        });
    }

    private static NextHops to(ScriptedServer server) {
        InetSocketAddress address = server.address();
        return (domain, need) -> new NextHops.Found.Servers(List.of(new Hop("mx." + domain, address, 0, TlsPolicy.OPPORTUNISTIC)));
    }

    private static QueuedMessage message(String recipient) {
        return Fixture.message(recipient).toBuilder().setStage(Stage.RELAY).setRelayDomain(recipient.substring(recipient.indexOf('@') + 1)).build();
    }
}
