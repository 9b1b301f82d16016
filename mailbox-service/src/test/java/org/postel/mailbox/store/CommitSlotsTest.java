package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.storage.StoreException;

@Timeout(30)
class CommitSlotsTest {

    private final CommitSlots slots = new CommitSlots(new CommitPace(2, 2, Duration.ofSeconds(1)));

    @Test
    void noMoreCommitsThanSlotsAreUnderWay() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                CommitSlots.Turn turn = slots.enter();
                turn.await();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
                turn.end();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(most.get() <= 2, "at once: " + most);
        assertEquals(0, now.get());
    }

    @Test
    void whatBecomesUrgentWaitsForNoSlot() throws InterruptedException {
        slots.enter().await();
        slots.enter().await();
        CommitSlots.Turn urgent = slots.enter();
        CountDownLatch begun = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            urgent.await();
            begun.countDown();
        });
        assertEquals(1, begun.getCount());
        urgent.hurry();
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        // It had none to give back: the line still waits.
        urgent.end();
        assertWaits(slots.enter());
    }

    @Test
    @Timeout(30)
    void mailboxesThatCannotBeWrittenHoldUpNoOther() {
        CommitSlots impatient = new CommitSlots(new CommitPace(2, 3, Duration.ofMillis(10)));
        impatient.enter().await();
        impatient.enter().await();
        CommitSlots.Turn beside = impatient.enter();
        beside.await();
        beside.end();
        impatient.enter().await();
    }

    @Test
    void aTurnThatIsInterruptedGivesItsSlotBack() throws InterruptedException {
        slots.enter().await();
        slots.enter().await();
        CommitSlots.Turn interrupted = slots.enter();
        Thread waiter = Thread.ofVirtual().unstarted(() -> assertThrows(StoreException.class, interrupted::await));
        waiter.start();
        waiter.interrupt();
        waiter.join();
        CommitSlots.Turn next = slots.enter();
        assertWaits(next);
        next.hurry();
    }

    private static void assertWaits(CommitSlots.Turn turn) throws InterruptedException {
        Thread waiter = Thread.ofVirtual().start(turn::await);
        assertTrue(!waiter.join(Duration.ofMillis(100)), "it has a slot");
    }
}
