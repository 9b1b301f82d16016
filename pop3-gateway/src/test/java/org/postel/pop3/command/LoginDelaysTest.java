package org.postel.pop3.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** RFC 2449 §6.5. */
class LoginDelaysTest {

    @Test
    void anAccountMayNotComeAgainWithinTheDelay() throws InterruptedException {
        LoginDelays delays = new LoginDelays(Duration.ofMillis(300));
        assertFalse(delays.early("alice"));
        delays.entered("alice");
        assertTrue(delays.early("alice"));
        assertFalse(delays.early("bob"));
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (delays.early("alice") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertFalse(delays.early("alice"));
    }

    @Test
    void withoutADelayNobodyIsEarly() {
        LoginDelays delays = new LoginDelays(Duration.ZERO);
        delays.entered("alice");
        assertFalse(delays.early("alice"));
    }

    @Test
    void noMoreAreRememberedThanTheLimit() {
        LoginDelays delays = new LoginDelays(Duration.ofHours(1));
        for (int i = 0; i <= LoginDelays.MOST; i++) {
            delays.entered("account " + i);
        }
        assertFalse(delays.early("account 0"));
        assertTrue(delays.early("account 1"));
        assertTrue(delays.early("account " + LoginDelays.MOST));
    }
}
