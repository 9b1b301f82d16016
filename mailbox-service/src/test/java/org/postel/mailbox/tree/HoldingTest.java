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

    /** Who asks does not wait for who counts, and is told of what is on its way. */
    @Test
    void roomIsWhatIsLeftForOneMessage() throws Exception {
        Quota limits = new Quota(OptionalLong.of(1000), OptionalLong.of(2));
        stored.set(new Held(300, 1));
        assertEquals(OptionalLong.of(700), holding.room(limits, sum));
        Room coming = holding.admit(limits, new Held(650, 0), sum);
        assertEquals(OptionalLong.of(50), holding.room(limits, sum));
        coming.close();
        stored.set(new Held(1000, 1));
        now += SECOND;
        assertEquals(OptionalLong.of(0), holding.room(limits, sum));
        stored.set(new Held(10, 2));
        holding.freed();
        assertEquals(OptionalLong.of(0), holding.room(limits, sum), "of messages");
        assertEquals(OptionalLong.of(Long.MAX_VALUE - 10), holding.room(new Quota(OptionalLong.empty(), OptionalLong.of(3)), sum));
    }

    @Test
    void roomIsNotKnownWhileSomebodyCounts() throws Exception {
        AtomicReference<OptionalLong> meanwhile = new AtomicReference<>();
        holding.room(TEN, () -> {
            try {
                Thread.ofVirtual().start(() -> meanwhile.set(holding.room(TEN, sum))).join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Held(0, 0);
        });
        assertEquals(OptionalLong.empty(), meanwhile.get());
        assertEquals(0, sums.get());
    }

    @Test
    void aSumThatFailedMakesNoOlderOneGood() {
        store(1);
        admit(1).close();
        now += 31 * SECOND;
        assertThrows(IllegalStateException.class, () -> holding.admit(TEN, new Held(0, 1), () -> {
            throw new IllegalStateException("the database");
        }));
        store(9);
        refused(1);
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
