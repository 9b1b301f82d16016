package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.QueueInMemory;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.QueuedMessage;

/** What is limited is a mail server, whichever domains it serves and whichever lanes their mail is in. */
@Timeout(30)
class SharedServersTest {

    private static final Duration PARKING = Duration.ofSeconds(30);
    private static final Duration RECOVERY = Duration.ofHours(1);

    private final Fixture fixture = new Fixture();
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<Relayer> relayers = new ArrayList<>();

    @AfterEach
    void close() {
        leave.countDown();
        relayers.forEach(Relayer::close);
    }

    @Test
    void connectionsOfAllDomainsTogetherAreLimitedInBothKindsOfLanes() throws Exception {
        try (ScriptedServer provider = holds(); ScriptedServer other = takes()) {
            Servers servers = new Servers(1, RECOVERY, Rates.unlimited());
            NextHops hops = (domain, need) -> to(domain.startsWith("hosted") ? hop("MX.provider.example.org", provider, 0) : hop("mx.example.org", other, 0));
            Relayer main = relayer(hops, servers);
            Relayer apart = relayer(hops, servers);
            Thread first = Thread.ofVirtual().start(() -> relay(main, "hosted1.example.org"));
            entered.await();
            main.relay(message("hosted2.example.org"));
            apart.relay(message("hosted3.example.org"));
            main.relay(message("example.org"));
            assertEquals(2, parked(), "there is one place for the three");
            assertEquals(1, provider.connections());
            assertEquals(1, taken.get());
            leave.countDown();
            first.join();
        }
    }

    @Test
    void aNextHopThatAnOperatorFixedHasALimitOfItsOwn() throws Exception {
        try (ScriptedServer smarthost = holds()) {
            NextHops exchangers = (domain, need) -> to(hop("127.0.0.1", smarthost, 0));
            NextHops hops = new FixedHops(Map.of("fixed1.example.org", "127.0.0.1:" + smarthost.address().getPort(),
                    "fixed2.example.org", "127.0.0.1:" + smarthost.address().getPort()), exchangers, AsUsual.SECURITY);
            Relayer relayer = relayer(hops, new Servers(1, 2, RECOVERY, Rates.unlimited()));
            List<Thread> held = List.of(Thread.ofVirtual().start(() -> relay(relayer, "fixed1.example.org")),
                    Thread.ofVirtual().start(() -> relay(relayer, "fixed2.example.org")));
            while (smarthost.connections() < 2 && parked() == 0) {
                Thread.onSpinWait();
            }
            assertEquals(0, parked());
            leave.countDown();
            for (Thread each : held) {
                each.join();
            }
        }
    }

    /** One that waits is a connection too: here to a message of the other lanes, under another TLS policy. */
    @Test
    void aConnectionThatWaitsIsClosedBeforeOneMoreWouldBeTooMany() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedServer server = new ScriptedServer(line -> {
            heard.add("connection");
            line.welcome();
            line.take();
            heard.add(line.hear());
            line.say("221 bye\r\n");
        })) {
            Servers servers = new Servers(2, RECOVERY, Rates.unlimited());
            NextHops hops = (domain, need) -> to(domain.equals("example.org") ? hop("mx.example.org", server, 0)
                    : new Hop("mx.example.org", server.address(), 0, TlsPolicy.OPPORTUNISTIC));
            Reuse reuse = new Reuse(10, Duration.ofMinutes(1));
            relayer(hops, servers, Duration.ofMillis(20), reuse).relay(message("example.org"));
            Relayer apart = relayer(hops, servers, Duration.ofMillis(20), reuse);
            apart.relay(message("hosted.example.org"));
            assertEquals(List.of("connection", "connection"), heard, "two may be");
            relayer(hops, servers, Duration.ofMillis(20), reuse).relay(message("example.org"));
            assertEquals(List.of("connection", "connection", "QUIT", "connection"), heard);
            assertEquals(0, parked());
        }
    }

    @Test
    void whatItSaysToOneDomainIsHeardForAllOfItsDomainsAndNoOthers() throws Exception {
        try (ScriptedServer provider = new ScriptedServer(line -> {
            line.welcome();
            line.answer("421 4.7.0 too much from you\r\n");
        }); ScriptedServer other = takes()) {
            NextHops hops = (domain, need) -> to(domain.startsWith("hosted") ? hop("mx.provider.example.org", provider, 0) : hop("mx.example.org", other, 0));
            Relayer relayer = relayer(hops, new Servers(1, RECOVERY, Rates.unlimited()));
            relayer.relay(message("hosted1.example.org"));
            relayer.relay(old("hosted2.example.org"));
            assertEquals(1, provider.connections(), "a second has not passed");
            relayer.relay(message("example.org"));
            assertEquals(1, taken.get());
        }
        String told = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        assertEquals(true, told.contains("Diagnostic-Code: smtp; 421 4.7.0"), told);
    }

    /** Greylisting answers so: it is about the recipient, and a hosting provider has other customers. */
    @Test
    void whatItSaysOfARecipientSlowsDownTheDomainAlone() throws Exception {
        ScriptedServer.Script greylists = line -> {
            line.welcome();
            line.answer("250 2.1.0 sender ok\r\n");
            line.answer("450 4.7.1 greylisted\r\n");
        };
        try (ScriptedServer provider = new ScriptedServer(greylists, greylists, this::take)) {
            Relayer relayer = relayer((domain, need) -> to(hop("mx.provider.example.org", provider, 0)), new Servers(1, RECOVERY, Rates.unlimited()));
            for (int i = 0; i < 3; i++) {
                relayer.relay(message("hosted1.example.org"));
            }
            assertEquals(List.of(1, 2), List.of(parked(), provider.connections()), "a second has not passed");
            relayer.relay(message("hosted2.example.org"));
            assertEquals(List.of(1, 1), List.of(parked(), taken.get()));
        }
    }

    @Test
    void closingItSpeaksOfItselfWhateverItWasAsked() throws Exception {
        slowedDown(line -> {
            line.answer("250 2.1.0 sender ok\r\n");
            line.answer("421 4.7.0 too many recipients\r\n");
        });
    }

    @Test
    void soItDoesOfAMessageAsAWhole() throws Exception {
        slowedDown(line -> {
            line.answer("250 2.1.0 sender ok\r\n");
            line.answer("250 2.1.5 recipient ok\r\n");
            line.answer("354 go on\r\n");
            line.hearContent();
            line.say("451 4.7.1 too much from you\r\n");
        });
    }

    private void slowedDown(ScriptedServer.Script says) throws Exception {
        try (ScriptedServer provider = new ScriptedServer(line -> {
            line.welcome();
            says.play(line);
        })) {
            Relayer relayer = relayer((domain, need) -> to(hop("mx.provider.example.org", provider, 0)), new Servers(1, RECOVERY, Rates.unlimited()));
            relayer.relay(message("hosted1.example.org"));
            relayer.relay(message("hosted2.example.org"));
            assertEquals(List.of(1, 1), List.of(parked(), provider.connections()));
        }
    }

    /** RFC 5321 §5.1: the better one can be reached. */
    @Test
    void aWorseServerGetsNoMailBecauseTheBetterOneGetsAsMuchAsItMay() throws Exception {
        try (ScriptedServer best = holds(); ScriptedServer backup = takes()) {
            NextHops hops = (domain, need) -> to(hop("mx10.example.org", best, 10), hop("mx20.example.org", backup, 20));
            Relayer relayer = relayer(hops, new Servers(1, RECOVERY, Rates.unlimited()));
            Thread first = Thread.ofVirtual().start(() -> relay(relayer, "a.example.org"));
            entered.await();
            relayer.relay(message("b.example.org"));
            assertEquals(List.of(1, 0, 1), List.of(parked(), backup.connections(), best.connections()));
            leave.countDown();
            first.join();
        }
    }

    @Test
    void anEquallyGoodOneGetsItAtOnce() throws Exception {
        try (ScriptedServer one = holds(); ScriptedServer another = takes()) {
            NextHops hops = (domain, need) -> to(hop("mx1.example.org", one, 10), hop("mx2.example.org", another, 10));
            Relayer relayer = relayer(hops, new Servers(1, RECOVERY, Rates.unlimited()));
            Thread first = Thread.ofVirtual().start(() -> relay(relayer, "a.example.org"));
            entered.await();
            relayer.relay(message("b.example.org"));
            assertEquals(List.of(0, 1), List.of(parked(), taken.get()));
            leave.countDown();
            first.join();
        }
    }

    @Test
    void theFirstOneSaysThatItIsBusyAndOnlyItGetsLess() throws Exception {
        try (ScriptedServer busy = new ScriptedServer(line -> line.say("421 4.3.2 busy\r\n")); ScriptedServer backup = takes()) {
            NextHops hops = (domain, need) -> domain.startsWith("both") ? to(hop("mx10.example.org", busy, 10), hop("mx20.example.org", backup, 20))
                    : to(hop("mx20.example.org", backup, 20));
            Relayer relayer = relayer(hops, new Servers(1, RECOVERY, Rates.unlimited()));
            relayer.relay(message("both1.example.org"));
            relayer.relay(message("backup.example.org"));
            assertEquals(2, taken.get());
            relayer.relay(message("both2.example.org"));
            assertEquals(List.of(1, 1), List.of(parked(), busy.connections()));
        }
    }

    /** Servers close a connection with 421 that was idle for long: RFC 5321 §3.8. */
    @Test
    void aServerThatEndsAnOldConnectionDoesNotAskForLess() throws Exception {
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            line.take();
            line.answer("421 4.4.2 you waited too long\r\n");
        }, line -> {
            line.welcome();
            while (!line.take().endsWith("<EOF>")) {
                // Another one may come.
            }
        })) {
            Relayer relayer = relayer((domain, need) -> to(hop("mx.example.org", server, 0)), new Servers(1, RECOVERY, Rates.unlimited()),
                    Duration.ofMillis(20), new Reuse(10, Duration.ofMinutes(1)));
            for (int i = 0; i < 3; i++) {
                relayer.relay(message("example.org"));
            }
            assertEquals(List.of("relayed", "relayed", "relayed"), fixture.queue.steps());
            assertEquals(List.of(0, 2), List.of(parked(), server.connections()));
        }
    }

    @Test
    void aPlaceThatBecomesFreeSoonIsWaitedFor() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.welcome();
            entered.countDown();
            second.await();
            line.take();
            taken.incrementAndGet();
            line.answer("221 bye\r\n");
        })) {
            Relayer relayer = relayer((domain, need) -> to(hop("mx.example.org", server, 0)), new Servers(1, RECOVERY, Rates.unlimited()), Duration.ofSeconds(20));
            Thread first = Thread.ofVirtual().start(() -> relay(relayer, "a.example.org"));
            entered.await();
            Thread waits = Thread.ofVirtual().start(() -> relay(relayer, "b.example.org"));
            second.countDown();
            first.join();
            waits.join();
            assertEquals(List.of(0, 2), List.of(parked(), taken.get()));
        }
    }

    @Test
    void whatIsOverARateIsParked() throws Exception {
        try (ScriptedServer server = takes()) {
            Servers servers = new Servers(5, RECOVERY, new Rates(0, Map.of("limited.example.org", 2)));
            Relayer relayer = relayer((domain, need) -> to(hop("mx.example.org", server, 0)), servers);
            for (int i = 0; i < 3; i++) {
                relayer.relay(message("limited.example.org"));
                relayer.relay(message("other.example.org"));
            }
            assertEquals(List.of(1, 5), List.of(parked(), taken.get()));
            assertEquals(0, fixture.queue.retries.getFirst().message().getAttempts());
        }
    }

    /** RFC 5321 §5.1: where the first one cannot be reached the second one gets it. */
    @Test
    void aMessageCountsOnceForTheRateOfItsDomainHoweverManyServersAreTried() throws Exception {
        try (ScriptedServer refuses = new ScriptedServer(line -> line.say("554 5.3.2 no mail here\r\n")); ScriptedServer backup = takes()) {
            Servers servers = new Servers(5, RECOVERY, new Rates(0, Map.of("limited.example.org", 1)));
            Relayer relayer = relayer((domain, need) -> to(hop("mx10.example.org", refuses, 10), hop("mx20.example.org", backup, 20)), servers);
            relayer.relay(message("limited.example.org"));
            assertEquals(List.of(0, 1), List.of(parked(), taken.get()));
            relayer.relay(message("limited.example.org"));
            assertEquals(List.of(1, 1), List.of(parked(), taken.get()));
        }
    }

    private int parked() {
        List<QueueInMemory.Retry> parked = fixture.queue.retries.stream().filter(retry -> retry.delay().equals(PARKING)).toList();
        return parked.size();
    }

    private Relayer relayer(NextHops hops, Servers servers) {
        return relayer(hops, servers, Duration.ofMillis(20));
    }

    private Relayer relayer(NextHops hops, Servers servers, Duration patience) {
        return relayer(hops, servers, patience, new Reuse(1, Duration.ZERO));
    }

    private Relayer relayer(NextHops hops, Servers servers, Duration patience, Reuse reuse) {
        Relayer relayer = new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                new RelaySettings(SenderIdentities.allAs("mx.example.test"), 3, patience, PARKING,
                        SmtpTimeouts.all(Duration.ofSeconds(20), Duration.ofSeconds(25)), reuse, RECOVERY), servers, AsUsual.lanes());
        relayers.add(relayer);
        return relayer;
    }

    /** Greets nobody until it is told to leave. */
    private ScriptedServer holds() throws Exception {
        return new ScriptedServer(line -> {
            entered.countDown();
            leave.await();
        });
    }

    private ScriptedServer takes() throws Exception {
        return new ScriptedServer(this::take);
    }

    private void take(ScriptedServer.Line line) throws IOException {
        line.welcome();
        line.take();
        taken.incrementAndGet();
        line.answer("221 bye\r\n");
    }

    private static Hop hop(String name, ScriptedServer server, int preference) {
        return new Hop(name, server.address(), preference, TlsPolicy.OFF);
    }

    private static NextHops.Found to(Hop... hops) {
        return new NextHops.Found.Servers(List.of(hops));
    }

    private static void relay(Relayer relayer, String domain) {
        try {
            relayer.relay(message(domain));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As old as mail becomes. */
    private static QueuedMessage old(String domain) {
        return message(domain).toBuilder().setAcceptedAt(Fixture.NOW.minus(Duration.ofDays(5)).toEpochMilli()).build();
    }

    private static QueuedMessage message(String domain) {
        return Fixture.message("bob@" + domain).toBuilder().setRelayDomain(domain).build();
    }
}
