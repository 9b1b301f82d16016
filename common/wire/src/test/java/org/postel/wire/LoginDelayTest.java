package org.postel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoginDelayTest {

    // SAFETY row 20
    @Test
    void itDoublesUpToEightTimesTheFirst() {
        LoginDelay delay = new LoginDelay(Duration.ofSeconds(1));
        assertEquals(List.of(1L, 2L, 4L, 8L, 8L, 8L), Stream.generate(() -> delay.next().toSeconds()).limit(6).toList());
    }
}
