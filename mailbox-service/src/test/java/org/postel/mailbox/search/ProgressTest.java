package org.postel.mailbox.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

class ProgressTest {

    private final List<RoaringBitmap> told = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1;
    private final Progress progress = new Progress((found, at, of) -> told.add(found),
            new SearchTimes(Duration.ofSeconds(60), Duration.ofSeconds(1)), 100, () -> now);

    @Test
    void aSearchThatFindsNothingSaysNowAndThenThatItGoesOn() {
        for (int millis = 0; millis < 10_500; millis += 100) {
            progress.step();
            after(Duration.ofMillis(100));
        }
        assertEquals(10, told.size());
        assertEquals(new RoaringBitmap(), told.getFirst());
    }

    @Test
    void whatIsFoundIsProgress() {
        after(Duration.ofMillis(900));
        progress.tell(RoaringBitmap.bitmapOf(7));
        after(Duration.ofMillis(900));
        progress.step();
        assertEquals(List.of(RoaringBitmap.bitmapOf(7)), told);
    }

    @Test
    void aSearchEndsAtItsTime() {
        after(Duration.ofSeconds(61));
        assertEquals(Problem.LIMIT, assertThrows(StoreException.class, progress::step).problem());
    }

    private void after(Duration time) {
        now += time.toNanos();
    }
}
