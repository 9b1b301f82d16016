package org.postel.mailbox.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitSlotsTest {

    private final CommitSlots slots = new CommitSlots(2);

    @Test
    void noMoreCommitsThanSlotsAreUnderWay() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> slots.run(() -> false, () -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                now.decrementAndGet();
            })));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(most.get() <= 2, "at once: " + most);
        assertEquals(0, now.get());
    }

    @Test
    void whatBecomesUrgentWaitsForNoSlot() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Thread.ofVirtual().start(() -> slots.run(() -> false, () -> {
                taken.countDown();
                awaitQuietly(release);
            }));
        }
        taken.await();
        AtomicBoolean urgent = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> slots.run(urgent::get, done::countDown));
        assertEquals(1, done.getCount());
        urgent.set(true);
        assertTrue(done.await(10, TimeUnit.SECONDS));
        release.countDown();
    }

    @Test
    void aSlotComesBackWhenTheCommitFails() {
        for (int i = 0; i < 5; i++) {
            try {
                slots.run(() -> false, () -> {
                    throw new IllegalStateException("the commit failed");
                });
            } catch (IllegalStateException expected) {
                assertEquals("the commit failed", expected.getMessage());
            }
        }
        AtomicBoolean ran = new AtomicBoolean();
        slots.run(() -> false, () -> ran.set(true));
        assertTrue(ran.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
