package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.delivery.Fixture;
import org.postel.delivery.outcome.QueueInMemory;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.Stage;

/** What takes long leaves its lane with a copy in the queue, and the copy is gone once it is over. */
@Timeout(30)
class LongTransfersTest {

    private static final String DOMAIN = "example.org";
    private static final Duration PATIENCE = Duration.ofMillis(20);
    private static final Duration TIER = Duration.ofMinutes(30);
    private static final Duration TOTAL = Duration.ofMinutes(28);
    private static final List<Duration> TIERS = List.of(Duration.ofSeconds(30), Duration.ofHours(2), TIER);

    private final Fixture fixture = new Fixture();
    private final QueueInMemory queue = new QueueInMemory();
    private final SlowDestinations known = new SlowDestinations(Duration.ofHours(1));
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger refused = new AtomicInteger();
    private final QueuedMessage message = Fixture.message("bob@example.org").toBuilder().setStage(Stage.RELAY).setRelayDomain(DOMAIN).build();

    @Test
    void whatIsOverInTimeNeedsNoCopy() throws Exception {
        LongTransfers transfers = transfers(Duration.ofMinutes(1), 1, TIERS);
        for (int i = 0; i < 3; i++) {
            transfers.relay(message, () -> { }, refused::incrementAndGet);
        }
        assertEquals(List.of(), queue.retries);
        assertEquals(0, refused.get(), "the place was given back each time");
    }

    @Test
    void aLongOneLeavesACopyThatIsTakenBackAtItsEndAndNotBefore() throws Exception {
        LongTransfers transfers = transfers(PATIENCE, 1, TIERS);
        transfers.relay(message, over::await, refused::incrementAndGet);
        assertEquals(List.of(new QueueInMemory.Retry(message.toBuilder().setStage(Stage.RELAY_SLOWLY).build(), TIER)), queue.retries);
        assertEquals(1, transfers.count());
        assertEquals(List.of(), queue.takenBack);
        over.countDown();
        await(() -> transfers.count() == 0);
        assertEquals(1, queue.takenBack.size());
        assertEquals(List.of(), queue.slow);
    }

    @Test
    void withoutAPlaceOnlyMailForQuickDomainsIsBegun() throws Exception {
        LongTransfers transfers = transfers(PATIENCE, 1, TIERS);
        transfers.relay(message, over::await, refused::incrementAndGet);
        AtomicInteger begun = new AtomicInteger();
        transfers.relay(message, begun::incrementAndGet, refused::incrementAndGet);
        assertEquals(List.of(0, 1), List.of(begun.get(), refused.get()));
        known.inTime(DOMAIN, SlowDestinations.Step.MESSAGE);
        transfers.relay(message, begun::incrementAndGet, refused::incrementAndGet);
        assertEquals(List.of(1, 1), List.of(begun.get(), refused.get()));
        known.late(DOMAIN, SlowDestinations.Step.MESSAGE);
        transfers.relay(message, begun::incrementAndGet, refused::incrementAndGet);
        assertEquals(List.of(1, 2), List.of(begun.get(), refused.get()));
        over.countDown();
        await(() -> transfers.count() == 0);
        transfers.relay(message, begun::incrementAndGet, refused::incrementAndGet);
        assertEquals(2, begun.get(), "there is a place again");
    }

    /** It was quick, and is not: it takes the first place that becomes free. */
    @Test
    void oneThatWasBegunWithoutAPlaceLeavesOnceThereIsOne() throws Exception {
        LongTransfers transfers = transfers(PATIENCE, 1, TIERS);
        CountDownLatch second = new CountDownLatch(1);
        transfers.relay(message, over::await, refused::incrementAndGet);
        known.inTime(DOMAIN, SlowDestinations.Step.MESSAGE);
        CountDownLatch begun = new CountDownLatch(1);
        Thread lane = Thread.ofVirtual().start(() -> relay(transfers, () -> {
            begun.countDown();
            second.await();
        }));
        begun.await();
        assertTrue(lane.isAlive());
        over.countDown();
        lane.join();
        assertEquals(2, queue.retries.size());
        second.countDown();
        await(() -> transfers.count() == 0);
        assertEquals(2, queue.takenBack.size());
    }

    @Test
    void whatFailsOutsideOfItsLaneIsAnAttemptAndNotLeftToItsCopy() throws Exception {
        LongTransfers transfers = transfers(PATIENCE, 1, TIERS);
        transfers.relay(message, () -> {
            over.await();
            throw new IllegalStateException("a bug");
        }, refused::incrementAndGet);
        over.countDown();
        await(() -> transfers.count() == 0);
        assertAttempt("4.3.0");
        assertThrows(IllegalStateException.class, () -> transfers(Duration.ofMinutes(1), 1, TIERS).relay(message, () -> {
            throw new IllegalStateException("a bug");
        }, refused::incrementAndGet));
    }

    /** Where the copy was left it would come back at once and for ever. */
    @Test
    void whatIsNotOverWhenItsCopyIsNearlyDueIsAnAttempt() throws Exception {
        LongTransfers transfers = new LongTransfers(queue, fixture.aftermath(queue), known, PATIENCE, 1, List.of(Duration.ofMillis(300)), Duration.ofMillis(100),
                Duration.ofMillis(100));
        transfers.relay(message, over::await, refused::incrementAndGet);
        await(() -> transfers.count() == 0);
        assertAttempt("4.4.2");
    }

    private void assertAttempt(String status) {
        assertEquals(1, queue.takenBack.size());
        assertEquals(2, queue.retries.size(), "the copy, and what follows");
        QueuedMessage later = queue.retries.getLast().message();
        assertEquals(1, later.getAttempts());
        assertEquals(status, later.getRecipients(0).getLastFailure().getStatus());
    }

    @Test
    void whatCanHaveNoCopyDoesNotGoOnBesideItsRecord() throws Exception {
        IllegalStateException tooLarge = new IllegalStateException("too large");
        queue.refusal = Optional.of(tooLarge);
        LongTransfers transfers = transfers(PATIENCE, 1, TIERS);
        CountDownLatch interrupted = new CountDownLatch(1);
        assertSame(tooLarge, assertThrows(IllegalStateException.class, () -> transfers.relay(message, () -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }, refused::incrementAndGet)));
        assertEquals(0, interrupted.getCount(), "it is over");
        transfers.relay(message, () -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }, refused::incrementAndGet);
        assertEquals(0, refused.get(), "its place was free, and it ended well");
    }

    @Test
    void noneLeavesItsLaneOnceAllAreToStay() throws Exception {
        Duration patience = Duration.ofSeconds(1);
        LongTransfers transfers = transfers(patience, 1, TIERS);
        Thread lane = Thread.ofVirtual().start(() -> relay(transfers, () -> {
            transfers.stay();
            over.await();
        }));
        assertFalse(lane.join(patience.multipliedBy(2)), "it has a place, and is not to take it");
        AtomicInteger begun = new AtomicInteger();
        transfers.relay(message, begun::incrementAndGet, refused::incrementAndGet);
        assertEquals(List.of(1, 0), List.of(begun.get(), refused.get()), "it needs none");
        over.countDown();
        lane.join();
        assertEquals(List.of(), queue.retries);
    }

    @Test
    void whatIsNotOverAtTheEndGoesBackToTheQueueAtOnce() throws Exception {
        LongTransfers transfers = transfers(PATIENCE, 2, TIERS);
        transfers.relay(message, over::await, refused::incrementAndGet);
        CountDownLatch interrupted = new CountDownLatch(1);
        transfers.relay(message, () -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }, refused::incrementAndGet);
        transfers.stop(Duration.ZERO);
        interrupted.await();
        assertEquals(0, transfers.count());
        assertEquals(2, queue.takenBack.size());
        assertEquals(List.of(queue.retries.getFirst().message()), queue.slow, "not what was settled in spite of it");
    }

    @Test
    void aLaneThatIsInterruptedInterruptsItsMessage() throws Exception {
        LongTransfers transfers = transfers(Duration.ofMinutes(1), 1, TIERS);
        CountDownLatch begun = new CountDownLatch(1);
        Thread lane = Thread.ofVirtual().start(() -> relay(transfers, () -> {
            begun.countDown();
            over.await();
        }));
        begun.await();
        lane.interrupt();
        lane.join();
        AtomicInteger next = new AtomicInteger();
        transfers.relay(message, next::incrementAndGet, refused::incrementAndGet);
        assertEquals(1, next.get(), "its place is free");
        assertEquals(List.of(), queue.retries);
    }

    @Test
    void withoutATierThatIsLongEnoughAllStayInTheirLanes() throws Exception {
        LongTransfers transfers = transfers(PATIENCE, 0, List.of(Duration.ofSeconds(30), TOTAL.plusMinutes(1)));
        Thread lane = Thread.ofVirtual().start(() -> relay(transfers, over::await));
        assertFalse(lane.join(PATIENCE.multipliedBy(10)), "nobody else keeps the message");
        over.countDown();
        lane.join();
        assertEquals(List.of(), queue.retries);
        assertEquals(0, refused.get());
    }

    private LongTransfers transfers(Duration patience, int places, List<Duration> tiers) {
        return new LongTransfers(queue, fixture.aftermath(queue), known, patience, places, tiers, TOTAL);
    }

    private void relay(LongTransfers transfers, LongTransfers.Work work) {
        try {
            transfers.relay(message, work, refused::incrementAndGet);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
