package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.smtp.ScriptedServer;
import org.postel.delivery.smtp.SmtpTimeouts;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.queue.v1.Failure;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;

/**
 * Mail whose turn does not come, for its domain turns connections away, ends in time like any other: RFC 5321 §4.5.4.1. The
 * fixture warns after 4 hours and gives up after 5 days.
 */
@Timeout(30)
class ParkedMailTest {

    private static final Duration PARKING = Duration.ofSeconds(30);
    private static final Duration LATE = Duration.ofHours(4);
    private static final Duration END = Duration.ofDays(5);
    private static final Duration END_OF_UNTRIED = Duration.ofDays(6);

    private final Fixture fixture = new Fixture();
    private final CountDownLatch leave = new CountDownLatch(1);
    private ScriptedServer server;
    private Relayer relayer;
    private Thread first;

    /** A connection was turned away, so that there is one place less, and the other one is taken. */
    @BeforeEach
    void turnedAway() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        server = new ScriptedServer(line -> line.say("421 4.3.2 no mail today\r\n"), line -> {
            taken.countDown();
            leave.await();
        });
        relayer = relayer((domain, need) -> new NextHops.Found.Servers(List.of(new Hop("mx.example.org", server.address(), 0, TlsPolicy.OFF))), 2);
        relayer.relay(message("alone@example.org"));
        first = Thread.ofVirtual().start(() -> relay(message("first@example.org")));
        taken.await();
        fixture.queue.retries.clear();
        fixture.queue.traces.clear();
    }

    @AfterEach
    void nobodyWasAskedAgain() throws Exception {
        assertEquals(2, server.connections());
        leave.countDown();
        first.join();
        relayer.close();
        server.close();
    }

    @Test
    void youngMailWaitsAsItIs() throws Exception {
        QueuedMessage message = old(LATE.minusMillis(1));
        assertEquals(message, parked(message));
        assertEquals(List.of(), fixture.queue.enqueued);
    }

    @Test
    void lateMailIsToldOfOnceWithWhatTheDomainSaid() throws Exception {
        QueuedMessage again = parked(old(LATE));
        String warning = onlyNotification();
        assertTrue(warning.contains("Action: delayed\r\nStatus: 4.3.2\r\nRemote-MTA: dns; mx.example.org\r\n"
                + "Diagnostic-Code: smtp; 421 4.3.2\r\n"), warning);
        assertTrue(warning.contains("Will-Retry-Until: Fri, 6 Mar 2026 08:00:00 +0000\r\n"), warning);
        assertEquals(0, again.getAttempts());
        assertEquals(Fixture.NOW.toEpochMilli(), again.getRecipients(0).getWarnedAt());
        assertEquals(again, parked(again));
        assertEquals(1, fixture.queue.enqueued.size());
    }

    @Test
    void mailWhoseTimeIsUpIsGivenUpWithWhatTheDomainSaid() throws Exception {
        relayer.relay(old(END));
        assertEquals(List.of(), fixture.queue.retries);
        String notification = onlyNotification();
        assertTrue(notification.contains("Action: failed\r\nStatus: 4.3.2\r\nRemote-MTA: dns; mx.example.org\r\n"
                + "Diagnostic-Code: smtp; 421 4.3.2\r\n"), notification);
        assertEquals(List.of("bounced"), fixture.queue.steps());
        assertEquals(1, fixture.metrics.counter("mail.bounces", "class", "4.3").count());
    }

    /** Back from the parking tier it would be too late. */
    @Test
    void mailIsGivenUpBeforeItWaitsBeyondItsEnd() throws Exception {
        assertEquals(0, parked(warned(old(END.minus(PARKING)))).getAttempts());
        fixture.queue.retries.clear();
        relayer.relay(warned(old(END.minus(PARKING).plusMillis(1))));
        assertEquals(List.of(), fixture.queue.retries);
        assertTrue(onlyNotification().contains("Action: failed"));
    }

    @Test
    void mailThatAnOperatorHeldHasItsTimeFromItsReleaseOn() throws Exception {
        QueuedMessage released = old(END).toBuilder().setReleasedAt(Fixture.NOW.toEpochMilli()).build();
        assertEquals(released, parked(released));
        assertEquals(List.of(), fixture.queue.enqueued);
    }

    /** Records stay below the largest of the queue, with what was said to each recipient. */
    @Test
    void manyRecipientsGoOnInPortions() throws Exception {
        String[] recipients = IntStream.range(0, 150).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
        relayer.relay(message(recipients).toBuilder().setAcceptedAt(Fixture.NOW.minus(LATE).toEpochMilli()).build());
        assertEquals(List.of(100, 50), fixture.queue.retries.stream().map(retry -> retry.message().getRecipientsCount()).toList());
        assertEquals(2, fixture.queue.enqueued.size());
    }

    /** Its domain has as many connections as it may: it said nothing, but perhaps to this mail before. What was never tried has a day more. */
    @Test
    void mailThatWaitsForAPlaceEndsWithWhatWasSaidToItOrWithOurOwnWords() throws Exception {
        Relayer full = relayer((domain, need) -> {
            throw new IllegalStateException("there is no place");
        }, 0);
        full.relay(warned(old(END_OF_UNTRIED.minus(PARKING))));
        assertEquals(List.of(), fixture.queue.enqueued);
        fixture.queue.retries.clear();
        full.relay(old(END_OF_UNTRIED));
        String ours = onlyNotification();
        assertTrue(ours.contains("Action: failed\r\nStatus: 4.4.5\r\nDiagnostic-Code: X-Postel; So much mail waits"), ours);
        fixture.queue.enqueued.clear();
        Failure said = Failure.newBuilder().setStatus("4.2.2").setReply("452 4.2.2 full").setRemoteHost("mx.example.org").build();
        QueuedMessage tried = old(END);
        full.relay(tried.toBuilder().setAttempts(3).setRecipients(0, tried.getRecipients(0).toBuilder().setLastFailure(said)).build());
        String theirs = onlyNotification();
        assertTrue(theirs.contains("Status: 4.2.2\r\nRemote-MTA: dns; mx.example.org\r\nDiagnostic-Code: smtp; 452 4.2.2 full\r\n"), theirs);
    }

    /** More slow domains than are asked at once wait as long as it takes. */
    @Test
    void mailThatWaitsForAProbeEndsInTimeToo() throws Exception {
        SlowDestinations slow = new SlowDestinations(Duration.ofHours(1));
        slow.late("example.org", SlowDestinations.Step.CONNECTION);
        Relayer probing = relayer((domain, need) -> new NextHops.Found.None(Failures.of("4.4.3", "no answer")), 1,
                Lanes.slow(slow, Duration.ofSeconds(20), Duration.ofMinutes(5)));
        probing.relay(old(END_OF_UNTRIED));
        assertEquals(List.of(), fixture.queue.retries);
        assertTrue(onlyNotification().contains("Status: 4.4.5\r\n"));
        probing.close();
    }

    private QueuedMessage parked(QueuedMessage message) throws InterruptedException {
        relayer.relay(message);
        assertEquals(PARKING, fixture.queue.retries.getLast().delay());
        return fixture.queue.retries.getLast().message();
    }

    private String onlyNotification() {
        assertEquals(1, fixture.queue.enqueued.size());
        return fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
    }

    private void relay(QueuedMessage message) {
        try {
            relayer.relay(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Relayer relayer(NextHops hops, int perDestination) {
        return relayer(hops, perDestination, AsUsual.lanes());
    }

    private Relayer relayer(NextHops hops, int perDestination, Lanes lanes) {
        return new Relayer(hops, new SuppressionsInMemory(), fixture.contents, fixture.queue, fixture.aftermath, fixture.traces,
                new RelaySettings(SenderIdentities.allAs("mx.example.test"), perDestination, Duration.ofMillis(1), PARKING,
                        SmtpTimeouts.all(Duration.ofSeconds(5), Duration.ofSeconds(20)), new Reuse(1, Duration.ZERO), Duration.ofHours(1)), lanes);
    }

    private static QueuedMessage warned(QueuedMessage message) {
        return message.toBuilder().setRecipients(0, message.getRecipients(0).toBuilder().setWarnedAt(1)).build();
    }

    private static QueuedMessage old(Duration age) {
        return message("bob@example.org").toBuilder().setAcceptedAt(Fixture.NOW.minus(age).toEpochMilli()).build();
    }

    private static QueuedMessage message(String... recipients) {
        return Fixture.message(recipients).toBuilder().setStage(Stage.RELAY).setRelayDomain("example.org").build();
    }
}
