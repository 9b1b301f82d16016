package org.postel.mailbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.Quota.Held;
import org.postel.mailbox.storage.Quotas.Room;
import org.postel.mailbox.storage.StoreException;

/** With a limit of ten messages. */
class HoldingTest {

    private static final long SECOND = 1_000_000_001;
    private static final Quota TEN = new Quota(OptionalLong.empty(), OptionalLong.of(10));

    private long now;
    private final Holding holding = new Holding(() -> now);
    private final AtomicReference<Held> stored = new AtomicReference<>(new Held(0, 0));
    private final AtomicInteger sums = new AtomicInteger();
    private final Supplier<Held> sum = () -> {
        sums.incrementAndGet();
        return stored.get();
    };

    private Room admit(int messages) {
        return holding.admit(TEN, new Held(0, messages), sum);
    }

    private void refused(int messages) {
        assertEquals(StoreException.Problem.OVER_QUOTA, assertThrows(StoreException.class, () -> admit(messages)).problem());
    }

    private void store(int messages) {
        stored.set(stored.get().plus(0, messages));
    }

    @Test
    void whatIsOnItsWayCountsAlsoOnceAllIsSummedAnew() {
        Room slow = admit(6);
        admit(1).close();
        // Summed anew, for it seems too much; the one never came, and the six have not come yet.
        refused(5);
        assertEquals(2, sums.get());
        store(6);
        slow.close();
        admit(4);
        refused(1);
    }

    @Test
    void whatNeverCameIsForgottenBeforeAnythingIsRefused() {
        admit(8).close();
        admit(9).close();
        assertEquals(2, sums.get());
    }

    @Test
    void aFullAccountIsNotSummedForEachMessage() {
        store(10);
        for (int i = 0; i < 100; i++) {
            refused(1);
        }
        assertEquals(1, sums.get());
    }

    @Test
    void whatOthersTookInIsSeenWithinASecondWhereLittleIsLeft() {
        Quota hundred = new Quota(OptionalLong.empty(), OptionalLong.of(100));
        holding.admit(hundred, new Held(0, 95), sum).close();
        store(95 + 5);
        now += SECOND;
        assertThrows(StoreException.class, () -> holding.admit(hundred, new Held(0, 1), sum));
        assertEquals(2, sums.get());
    }

    @Test
    void whereMuchIsLeftItIsSummedEachHalfMinute() {
        admit(1).close();
        store(1 + 5);
        now += 29 * SECOND;
        admit(1).close();
        assertEquals(1, sums.get());
        now += 2 * SECOND;
        refused(5);
        assertEquals(2, sums.get());
    }

    @Test
    void whatGoesMakesRoomAtOnce() {
        store(10);
        refused(1);
        store(-1);
        holding.freed();
        admit(1);
        assertEquals(2, sums.get());
    }

    @Test
    void roomIsGivenBackOnce() {
        Room room = admit(5);
        room.close();
        room.close();
        store(5);
        admit(5);
        refused(1);
    }
}
