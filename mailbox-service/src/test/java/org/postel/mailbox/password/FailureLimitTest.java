package org.postel.mailbox.password;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLimitTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final FailureLimit limit = new FailureLimit(new FailureLimitSettings(3, Duration.ofSeconds(10)), nanos::get);

    @Test
    void afterTheBurstNoMoreTriesUntilTimeHasPassed() {
        assertTrue(limit.take("a") && limit.take("a") && limit.take("a"));
        assertFalse(limit.take("a"));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertTrue(limit.take("a"));
        assertFalse(limit.take("a"));
    }

    @Test
    void successesDoNotCount() {
        for (int i = 0; i < 100; i++) {
            assertTrue(limit.take("a"));
            limit.succeeded("a");
        }
    }

    @Test
    void oneKeyDoesNotLimitAnother() {
        assertTrue(limit.take("a") && limit.take("a") && limit.take("a"));
        assertFalse(limit.take("a"));
        assertTrue(limit.take("c"));
    }
}
