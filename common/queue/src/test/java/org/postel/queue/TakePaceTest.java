package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TakePaceTest {

    private final TakePace pace = new TakePace(200);

    @Test
    void whatComesAfterAQuietMomentIsTakenAtOnce() {
        assertEquals(Duration.ZERO, pace.after(0));
    }

    @Test
    void theMoreCameTheLongerOthersGather() {
        assertEquals(Duration.ofMillis(20), pace.after(1));
        assertEquals(Duration.ofMillis(60), pace.after(3));
    }

    @Test
    void nobodyWaitsLongerThanATenthOfASecond() {
        assertEquals(Duration.ofMillis(100), pace.after(6));
        assertEquals(Duration.ofMillis(100), pace.after(199));
    }

    @Test
    void whatAFullTakeLeftIsTakenAtOnce() {
        assertEquals(Duration.ZERO, pace.after(200));
    }
}
