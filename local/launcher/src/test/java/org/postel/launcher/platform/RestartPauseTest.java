package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class RestartPauseTest {

    private final RestartPause pause = new RestartPause();

    @Test
    void whoKeepsDyingWaitsTwiceAsLongEachTime() {
        assertEquals(Duration.ofMillis(500), pause.after(Duration.ofHours(1)));
        assertEquals(Duration.ofSeconds(1), pause.after(Duration.ofSeconds(2)));
        assertEquals(Duration.ofSeconds(2), pause.after(Duration.ofSeconds(2)));
    }

    @Test
    void noPauseIsLongerThanTheLongest() {
        Duration last = Duration.ZERO;
        for (int deaths = 0; deaths < 20; deaths++) {
            last = pause.after(Duration.ZERO);
        }
        assertEquals(RestartPause.LONGEST, last);
    }

    @Test
    void aHealthyLifeIsForgiven() {
        pause.after(Duration.ZERO);
        pause.after(Duration.ZERO);
        assertEquals(RestartPause.FIRST, pause.after(RestartPause.HEALTHY.plusSeconds(1)));
    }
}
