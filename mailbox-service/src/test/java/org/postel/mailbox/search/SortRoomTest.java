package org.postel.mailbox.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.storage.StoreException;

/** Room for 160 messages: 40 of it for sets of up to ten. */
@Timeout(30)
class SortRoomTest {

    private static final UUID ALICE = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final UUID CAROL = new UUID(0, 3);

    private final SortRoom room = new SortRoom(160);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        threads.close();
    }

    private static Progress progress(Duration time) {
        return new Progress((found, at, of) -> { }, new SearchTimes(time, Duration.ofSeconds(1)), 100, System::nanoTime);
    }

    private Future<?> hold(UUID account, int messages) throws InterruptedException {
        Future<?> held = threads.submit(() -> room.within(account, messages, progress(Duration.ofSeconds(30)), () -> {
            begun.countDown();
            try {
                assertTrue(end.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        return held;
    }

    private boolean finds(UUID account, int messages, Duration within) {
        AtomicBoolean ran = new AtomicBoolean();
        try {
            room.within(account, messages, progress(within), () -> ran.set(true));
        } catch (StoreException e) {
            assertEquals(StoreException.Problem.LIMIT, e.problem());
        }
        return ran.get();
    }

    // SAFETY row 33
    @Test
    void whoHasAllRoomHoldsUpNobodyWithAFewMessages() throws Exception {
        hold(ALICE, 1_000_000);
        assertTrue(finds(BOB, 10, Duration.ofSeconds(20)));
        assertFalse(finds(BOB, 11, Duration.ofMillis(60)), "a large set waits");
    }

    @Test
    void anAccountOrdersOneSetAtATime() throws Exception {
        Future<?> held = hold(ALICE, 10);
        assertFalse(finds(ALICE, 1, Duration.ofMillis(60)));
        assertTrue(finds(CAROL, 100, Duration.ofSeconds(20)));
        end.countDown();
        held.get(20, TimeUnit.SECONDS);
        assertTrue(finds(ALICE, 1, Duration.ofSeconds(20)));
        assertEquals(0, room.accounts(), "nobody is remembered");
    }

    @Test
    void whatFailsGivesItsRoomBack() {
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalStateException.class, () -> room.within(ALICE, 1000, progress(Duration.ofSeconds(20)), () -> {
                throw new IllegalStateException("as the test wants it");
            }));
        }
        assertTrue(finds(BOB, 1000, Duration.ofSeconds(20)));
    }
}
